"""Every problem that policycards can report: its code, how grave it is, what it says, and what to do.

A code is never reused and never renumbered. E is an error, W a warning. Ranges: 1xx reading and form of the
catalogue, 2xx text and orthography, 3xx fonts, layout and design, 4xx QR and keys, 9xx use of the command.
``{…}`` are filled from the facts of the problem. ``N_`` marks a text for the message catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    """What all problems of one code have in common."""

    code: str
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING


def N_(text: str) -> str:
    """Mark a text for translation; the face translates it when it prints."""
    return text


_TABLE = [
    Kind(
        "E100",
        N_("this file cannot be read: {why}"),
        N_("Check that the file exists, is not open in another program, and that you may read it."),
    ),
    Kind(
        "E101",
        N_("this file has {size} MB; more than {limit} MB is not read"),
        N_("A policy has a few kilobytes. Check that this is the right file, and that no picture was pasted into it."),
    ),
    Kind(
        "E102",
        N_("this file is not UTF-8 (it looks like {encoding}), so its Tibetan cannot be read"),
        N_("Save it again as UTF-8: in Notepad 'Save as', encoding UTF-8; in Excel 'CSV UTF-8'."),
    ),
    Kind(
        "W103",
        N_("this table is not UTF-8 and was read as GB18030; Excel's plain CSV turns Tibetan into question marks"),
        N_("Save it again in Excel as 'CSV UTF-8'."),
    ),
    Kind(
        "E104",
        N_("the control character number {character} stands here; it cannot be seen or printed"),
        N_("Delete it: it often comes along when text is pasted from another program. Retype the line if need be."),
    ),
    Kind(
        "E105",
        N_("this is not valid YAML: {why}"),
        N_("Compare the line and the one above it with a policy that works: indentation, colon and space, quotes."),
    ),
    Kind(
        "E106",
        N_("a tab is used to indent this line; YAML allows only spaces there"),
        N_("Replace the tab with spaces, two for each step."),
    ),
    Kind(
        "E107",
        N_("lists or blocks are nested deeper than {limit} levels; no catalogue file needs that"),
        N_("Look for brackets that are never closed."),
    ),
    Kind(
        "E108",
        N_("{what} is a feature of YAML that catalogue files do not use (anchors, aliases, tags, keys in parts)"),
        N_("Write the text out where it is needed; put a text that starts with & * ! or ? in quotes."),
    ),
    Kind(
        "E109",
        N_("a second document starts here; one file holds one document, and the rest would be lost"),
        N_("Remove the line '---', or move what follows into a file of its own."),
    ),
    Kind(
        "E110",
        N_("a Chinese colon follows {key}; YAML knows only ':' followed by a space"),
        N_("Write '{key}: '."),
    ),
    Kind(
        "E111",
        N_("the key {key} stands twice, first at {first}; only one of them can hold"),
        N_("Keep the right one and delete the other."),
    ),
    Kind(
        "E112",
        N_("this file has no keys; a block of 'key: value' lines is expected"),
        N_("Copy a file that works and change it."),
    ),
    Kind(
        "W113",
        N_("this file is not read: policies are <category>/<policy-id>.yaml"),
        N_("Move or rename it, or delete it if it is a spare copy."),
    ),
    Kind(
        "E114",
        N_("the file {file} is missing here; without it no card can be made"),
        N_("Check the folder's name, restore the file, or start an office's folder with 'policycards init'."),
    ),
    Kind(
        "E115",
        N_("a quote opens here and is not closed on this line"),
        N_('Close it with ". A quote that belongs to the text is written “ ” in Chinese.'),
    ),
    Kind(
        "E120",
        N_("the key {key} is not known here; the nearest known one is {nearest}"),
        N_("Known here: {known}."),
    ),
    Kind(
        "E121",
        N_("the key {key} is missing here"),
        N_("Add a line '{key}: …' at this level of indentation."),
    ),
    Kind(
        "E122",
        N_("this text has no {lang}; every text is printed in Tibetan (bo) and Chinese (zh)"),
        N_("Add '{lang}: …' beside the other language."),
    ),
    Kind(
        "E123",
        N_("{key} takes one text, not a list or a block of keys"),
        N_("Write the text on the same line: '{key}: …'."),
    ),
    Kind(
        "E124",
        N_("{key} takes a list"),
        N_("Write each entry on a line of its own that starts with '- '."),
    ),
    Kind(
        "E125",
        N_("{key} takes a block of keys"),
        N_("Write indented lines 'key: value' under it."),
    ),
    Kind(
        "E126",
        N_("{key} takes a text in both languages, not one text or a list"),
        N_("Write '{key}: {{bo: …, zh: …}}', or bo: and zh: on indented lines."),
    ),
    Kind(
        "E127",
        N_("nothing stands at {key}, but it cannot be empty"),
        N_("Fill it in; if the whole line is not needed, delete it."),
    ),
    Kind(
        "E128",
        N_("{value} is not written as a date"),
        N_('Write it as precisely as it is known: "2016", "2016-07" or "2016-07-01"; "../2016" for "by 2016".'),
    ),
    Kind(
        "E129",
        N_("no calendar has the date {value}"),
        N_("Check the month and the day against the document."),
    ),
    Kind(
        "E130",
        N_("{value} names no single day, but {key} needs one"),
        N_('Write year, month and day: "2016-07-01".'),
    ),
    Kind(
        "E131",
        N_("{value} is not an amount"),
        N_('Write digits with at most one point, in quotes, without unit or separators: "1200", "7.50".'),
    ),
    Kind(
        "E132",
        N_("the amount {value} has no quotes; programs would read it as a float, which cannot hold money exactly"),
        N_('Put it in quotes: "{value}".'),
    ),
    Kind(
        "E133",
        N_("{key} cannot be {value}"),
        N_("Use one of: {allowed}."),
    ),
    Kind(
        "E134",
        N_("{value} cannot be a name for {key}"),
        N_("Use small Latin letters and digits, at most 60, a letter first; - between words (_ in attributes)."),
    ),
    Kind(
        "E135",
        N_("{value} is not an area code"),
        N_("Use the first 2, 4, 6, 9 or 12 digits of the statistical code; in Excel format the column as text."),
    ),
    Kind(
        "E136",
        N_("{value} is not a number"),
        N_("Write digits only, such as 12, without unit."),
    ),
    Kind(
        "E137",
        N_("{value} is neither yes nor no"),
        N_("Write yes or no."),
    ),
    Kind(
        "E138",
        N_("{key} has no entry, but needs at least one"),
        N_("Add an entry that starts with '- '."),
    ),
    Kind(
        "E139",
        N_("{value} is out of range for {key}: {limit}"),
        N_("Write a number within the range."),
    ),
    Kind(
        "E140",
        N_("the column {column} is missing in this table"),
        N_("Add it to the first row; the columns are: {known}."),
    ),
    Kind(
        "E141",
        N_("the column {column} is not known; the nearest known one is {nearest}"),
        N_("Correct or delete it; the columns are: {known}."),
    ),
    Kind(
        "E142",
        N_("this row has {count} cells, but the first row names {columns} columns"),
        N_("Put a cell that holds a comma in double quotes, and delete what is too much."),
    ),
    Kind(
        "E143",
        N_("the cell {column} is empty"),
        N_("Fill it in: a card cannot name what is not there."),
    ),
    Kind(
        "E144",
        N_("{value} is not a telephone number that can be dialled"),
        N_("Use digits, spaces, - and + only; one number a row. Excel: format the column as text."),
    ),
    Kind(
        "E145",
        N_("{value} does not fit the attribute {attribute}, which is of type {type}"),
        N_("Correct it, or the attribute's type in catalogue.yaml. Rules would otherwise decide wrongly."),
    ),
    Kind(
        "E146",
        N_("this table cannot be read from here on: {why}"),
        N_("Look for a double quote that is not closed; open the table in Excel and save it as 'CSV UTF-8'."),
    ),
    Kind(
        "E150",
        N_("the id {id} differs from the file's name {name}; the file's name is how a policy is found"),
        N_("Make them equal."),
    ),
    Kind(
        "E151",
        N_("the category {category} differs from the folder {folder}"),
        N_("Make them equal: move the file, or correct its category."),
    ),
    Kind(
        "E152",
        N_("{id} is used twice, first at {first}; nobody could tell the two apart"),
        N_("Give one of them another name, or delete it."),
    ),
    Kind(
        "E153",
        N_("the category {category} is not in catalogue.yaml; the nearest there is {nearest}"),
        N_("Correct it, or add the category to catalogue.yaml. There are: {known}."),
    ),
    Kind(
        "E154",
        N_("the unit {unit} is not in catalogue.yaml; the nearest there is {nearest}"),
        N_("Correct it, or add the unit to catalogue.yaml. There are: {known}."),
    ),
    Kind(
        "E155",
        N_("the attribute {attribute} is not in catalogue.yaml; the nearest there is {nearest}"),
        N_("Correct it, or add the attribute to catalogue.yaml. There are: {known}."),
    ),
    Kind(
        "E156",
        N_("{choice} is no choice of the attribute {attribute}; the nearest is {nearest}"),
        N_("Use one of: {known}."),
    ),
    Kind(
        "E157",
        N_("the area {area} is not in areas.csv, so nothing would be printed for it"),
        N_("Correct the code, or add a row for it to areas.csv."),
    ),
    Kind(
        "E158",
        N_("the recording {file} is not there"),
        N_("Put the file beside the policy, or delete the line."),
    ),
    Kind(
        "E159",
        N_("the name {name} is taken: rules already have a column of that name"),
        N_("Choose another name; taken are age, age_months, members and n_ with the name of a group."),
    ),
    Kind(
        "E160",
        N_("this value starts {since}, before the one above it ({before}); values stand in the order of their dates"),
        N_("Move it to its place. To correct an older value, add an entry with 'corrects' at the end."),
    ),
    Kind(
        "E161",
        N_("this value was recorded {recorded}, before the one above it ({before}); values are only added at the end"),
        N_("Move it to the end, or correct the date."),
    ),
    Kind(
        "W162",
        N_("there is already a value from {since}, at {first}; this one replaces it without saying why"),
        N_("If it corrects the other, say so with 'corrects: …'; else correct its date."),
    ),
    Kind(
        "E163",
        N_("this value has no source; a number on a card must be traceable to a document"),
        N_("Add 'source: {{title: …}}' with number, issuer and url."),
    ),
    Kind(
        "E164",
        N_("the end of this standard has no source; people would lose money on hearsay"),
        N_("Add the source that says it has ended, 'source: {{title: …}}'."),
    ),
    Kind(
        "E165",
        N_("this value has no amount, but {pays} needs one"),
        N_('Add amount: "…". If there is no figure, set status: expected, or use pays: by_notice.'),
    ),
    Kind(
        "E166",
        N_("this value is {status}, so it cannot have an amount"),
        N_("Delete the amount and keep the figure in 'note'; or delete the status if the amount is in force."),
    ),
    Kind(
        "E167",
        N_("{what} is not given, and 'missing' does not say why"),
        N_("Fill it in, or say why it is not known: 'missing: …'."),
    ),
    Kind(
        "W168",
        N_("the newest value was last looked up {checked}; after {months} months it may be out of date"),
        N_("Look it up, and set checked_on to the day you did."),
    ),
    Kind(
        "W169",
        N_("this value was published {published}, after it took effect ({since}): cards already printed were wrong"),
        N_("Nothing to correct if the dates are right; households may be owed the difference."),
    ),
    Kind(
        "W170",
        N_("{key} is {value}, a day that has not come yet (today is {today})"),
        N_("Correct the date, or this computer's clock."),
    ),
    Kind(
        "E171",
        N_("valid_to {end} is before valid_from {start}"),
        N_("Correct one of the two."),
    ),
    Kind(
        "E172",
        N_("the standard {standard} is {pays} but has no unit; nobody could tell what the amount is for"),
        N_("Add 'unit: …' with a unit of catalogue.yaml."),
    ),
    Kind(
        "E173",
        N_("the standard {standard} is a limit, but not which kind; 'at most' and 'at least' mean the opposite"),
        N_("Add 'limit: at_most', 'at_least' or 'average'."),
    ),
    Kind(
        "E174",
        N_("the standard {standard} has a limit, but is {pays}; only 'pays: limit' has one"),
        N_("Delete 'limit', or set pays: limit."),
    ),
    Kind(
        "E175",
        N_("the standard {standard} is a percentage, but the label of its unit {unit} has no %"),
        N_("Use a unit whose label has % in both languages."),
    ),
    Kind(
        "E176",
        N_("the standard {standard} is by_notice, so it cannot have an amount"),
        N_("Delete the amount, or say with another 'pays' what kind of money it is."),
    ),
    Kind(
        "E177",
        N_("the standard {standard} has a quantity, but is {pays}; only cash and event are multiplied"),
        N_("Delete 'quantity', or correct 'pays'."),
    ),
    Kind(
        "E178",
        N_("the standard {standard} is {pays} but has no value; the card would promise money without a figure"),
        N_("Add a value with its source, or use pays: by_notice."),
    ),
    Kind(
        "E180",
        N_("this rule cannot be read: {found} is not expected here"),
        N_("Compare it with: yak >= 10 AND NOT (poor OR n_child > 2)."),
    ),
    Kind(
        "E181",
        N_("{found} is not allowed in rules"),
        N_("Allowed: AND OR NOT = <> < <= > >= IN BETWEEN IS NULL + - *, and COALESCE LEAST GREATEST LEFT ROUND."),
    ),
    Kind(
        "E182",
        N_("the rule names {name}, which this standard does not know; the nearest known is {nearest}"),
        N_("Known here: {known}."),
    ),
    Kind(
        "E183",
        N_("this rule is too long or too deep: at most {characters} characters and {nodes} parts"),
        N_("Split the standard in two, or have the office's list decide with 'when: listed'."),
    ),
    Kind(
        "E184",
        N_("{what} does not fit here: {wanted} is expected, but it is {kind}"),
        N_("Compare numbers with numbers, texts with 'texts'; a yes_no attribute stands alone, without =."),
    ),
    Kind(
        "E185",
        N_("two comparisons follow each other; a chain like 5 > yak > 1 would be read with another meaning"),
        N_("Write 'yak < 5 AND yak > 1', or 'yak BETWEEN 2 AND 4'."),
    ),
    Kind(
        "E186",
        N_("{name} belongs to a person, but this standard is for the household"),
        N_("Set 'for: member', or count persons with a group of catalogue.yaml (n_…)."),
    ),
    Kind(
        "E187",
        N_("this rule ends before it is complete"),
        N_("Look for a missing value, or a bracket that is not closed."),
    ),
    Kind(
        "E200",
        N_("the placeholder {{{name}}} is not known here; the nearest known is {{{nearest}}}"),
        N_("Known here: {known}."),
    ),
    Kind(
        "E201",
        N_("the placeholder {{{name}}} stands in {lang} only; the other language would lack it"),
        N_("Put it into both languages, or into none."),
    ),
    Kind(
        "E202",
        N_("a brace without its partner stands here; braces are for placeholders such as {{value}}"),
        N_("Close it, or use ( ) instead."),
    ),
    Kind(
        "E203",
        N_("the number {number} repeats the value of {standard}; when the value changes, this text would be wrong"),
        N_("Write {placeholder} instead: a number is written once, in 'values'."),
    ),
    Kind(
        "E204",
        N_("the placeholder {{{name}}} has nothing to stand for: {standard} has no {part}"),
        N_("Say it without the placeholder, or add what is missing to the standard."),
    ),
    Kind(
        "E205",
        N_("the placeholder {{{name}}} must stand in this text once, but stands {count} times"),
        N_("Write {{{name}}} where the number or name belongs."),
    ),
    Kind(
        "E206",
        N_("this text has a line break or a tab; a text is one paragraph"),
        N_("Write it on one line, or as a list."),
    ),
    Kind(
        "W207",
        N_("this text begins or ends with a space, or has two in a row; it would print as a gap"),
        N_("Delete the space."),
    ),
    Kind(
        "E208",
        N_("an invisible character stands here: {found}; searching and line breaks would fail"),
        N_("Delete it, and retype the syllable if need be."),
    ),
    Kind(
        "E209",
        N_("the character {found} is private to some old font or input method; others see nothing or a box"),
        N_("Convert the old text to Unicode, or retype it."),
    ),
    Kind(
        "E210",
        N_("{found}: text was lost here when a program saved it in an encoding without Tibetan"),
        N_("Retype it. In Excel save as XLSX or 'CSV UTF-8', never as plain CSV."),
    ),
    Kind(
        "E211",
        N_("the bracket {found} has no partner"),
        N_("Add the other one, or delete it."),
    ),
    Kind(
        "W212",
        N_("the full-width {found} stands here; numbers and Latin letters are written half-width"),
        N_("Write {plain}."),
    ),
    Kind(
        "W213",
        N_("Chinese characters stand in the Tibetan text: {found}"),
        N_("Write it in Tibetan, unless it is a name that has no Tibetan form."),
    ),
    Kind(
        "W214",
        N_("Tibetan stands in the Chinese text: {found}"),
        N_("Write it in Chinese."),
    ),
    Kind(
        "W215",
        N_("half-width {found} stands beside a Chinese character"),
        N_("Write the Chinese mark {plain}."),
    ),
    Kind(
        "W216",
        N_("a space stands between two Chinese characters"),
        N_("Delete it; a text folded over two lines gets one, so write the text on one line."),
    ),
    Kind(
        "E220",
        N_("Chinese punctuation in Tibetan: {found}"),
        N_("Use a shad (།), or a tsheg (་) within a phrase; brackets 《》 and （） are fine."),
    ),
    Kind(
        "E221",
        N_("a vowel or mark without a letter to carry it: {found}"),
        N_("Delete the space, tsheg or digit before it, or the mark."),
    ),
    Kind(
        "E222",
        N_("two tshegs in a row"),
        N_("Delete one."),
    ),
    Kind(
        "E223",
        N_("two vowel signs where one is meant: {found}"),
        N_("Write the one sign {plain} instead."),
    ),
    Kind(
        "E224",
        N_("the same sign twice on one letter: {found}"),
        N_("Delete one; they print over each other."),
    ),
    Kind(
        "E225",
        N_("a subjoined letter where the vowel sign a-chung is meant: {found}"),
        N_("Write U+0F71 for a long vowel; U+0FB0 is a letter of its own."),
    ),
    Kind(
        "E226",
        N_("a fixed-form letter where the ordinary one is meant: {found}"),
        N_("Write {plain}; searching finds only the ordinary letter."),
    ),
    Kind(
        "E227",
        N_("a vowel sign before a subjoined letter: {found}; it prints broken"),
        N_("Type the whole stack first, then the vowel."),
    ),
    Kind(
        "E228",
        N_("an anusvara before a vowel sign: {found}; it prints broken"),
        N_("Type the vowel first."),
    ),
    Kind(
        "E229",
        N_("a subjoined letter with nothing above it: {found}"),
        N_("Type the letter above it first, or use the full letter."),
    ),
    Kind(
        "E230",
        N_("a Latin character that only looks Tibetan: {found}"),
        N_("Type the Tibetan mark: tsheg ་ or shad །."),
    ),
    Kind(
        "E231",
        N_("a space after {found}, where a tsheg belongs"),
        N_("Write a tsheg (་); spaces stand only after a shad."),
    ),
    Kind(
        "E232",
        N_("the syllable {found} has {count} letters; no syllable has more than 4, so a tsheg is missing"),
        N_("Write the tsheg (་) where the next syllable begins."),
    ),
    Kind(
        "E233",
        N_("two single shads and a double shad (U+0F0E) are mixed in one text"),
        N_("Write the double shad the same way throughout: །། is usual."),
    ),
    Kind(
        "E234",
        N_("a half digit: {found}; it does not mean what it looks like"),
        N_("Write an ordinary digit."),
    ),
    Kind(
        "E235",
        N_("the character {found} is out of use and has no one spelling"),
        N_("Write {plain}."),
    ),
    Kind(
        "W236",
        N_("a tsheg before a shad, after another letter than nga: {found}"),
        N_("Delete the tsheg; it stays only after nga (ང་།)."),
    ),
    Kind(
        "W237",
        N_("a shad right after nga: {found}"),
        N_("Write a tsheg between them: ང་།"),
    ),
    Kind(
        "W238",
        N_("a shad after {found}; after this letter its stroke already is the shad"),
        N_("Leave the shad out and write a space; of a double shad only the second is written."),
    ),
    Kind(
        "W239",
        N_("a space after a tsheg"),
        N_("Delete the space; spaces stand only after a shad and beside numbers."),
    ),
    Kind(
        "E400",
        N_("there is no key file here, and without its key no card gets a code"),
        N_(
            "policycards init makes one. If the county already has a key, fetch that file, or type the recovery sheet "
            "from the safe into a text file of this name."
        ),
    ),
    Kind(
        "E401",
        N_("this is no key file: it has {count} lines besides remarks, and a key has 5"),
        N_("Fetch the file again, or type the five lines of the recovery sheet into a text file, and nothing else."),
    ),
    Kind(
        "W402",
        N_("others who use this computer can read this key file, and whoever has the key can make card codes"),
        N_("Let only its owner read it: chmod 600 {file}"),
    ),
    Kind(
        "E403",
        N_("these five lines do not make one key: they are out of order, or from different sheets"),
        N_("Type them in the order of the recovery sheet."),
    ),
    Kind(
        "E410",
        N_("a code has 12 characters, here are {count}; dashes and spaces do not count"),
        N_("Compare with the paper: 7F3K-9Q2M-8ZT1 is the pattern, three groups of four."),
    ),
    Kind(
        "E411",
        N_("{character} ({number}) does not occur in a code"),
        N_("Compare with the paper. A code has the digits and the capital letters without I, L, O and U."),
    ),
    Kind(
        "E412",
        N_("one character of this code is wrong, or two are exchanged"),
        N_("Compare with the paper, character by character: 5 and S, 8 and B, 2 and Z are easily mistaken."),
    ),
    Kind(
        "E413",
        N_("this is not the QR code of a card: {text}"),
        N_("Scan the code on the card itself, or type the twelve characters under it."),
    ),
    Kind(
        "E420",
        N_("base_url is not an address that a QR code can open: {url}"),
        N_(
            "Write https://, the domain, and a path if there is one, without ? and #: https://card.example.com. A "
            "Chinese domain is written in its xn-- form."
        ),
    ),
    Kind(
        "E421",
        N_("base_url is {url}: without https anybody on the way can change what a household reads"),
        N_("Give the address with https://, and have the host serve it."),
    ),
    Kind(
        "W421",
        N_("base_url is {url}: without https anybody on the way can change what a household reads"),
        N_("Before cards are published, give the address with https://, and have the host serve it."),
    ),
    Kind(
        "E422",
        N_("base_url names the computer {host} and no domain: when it moves, every printed card is dead"),
        N_("Give the address of a domain that the office holds."),
    ),
    Kind(
        "W422",
        N_("base_url names the computer {host} and no domain: when it moves, every printed card is dead"),
        N_("Before cards are published, give the address of a domain that the office holds."),
    ),
    Kind(
        "E423",
        N_("base_url leads to {host}, which no phone can open"),
        N_("Give the address of a domain that the office holds."),
    ),
    Kind(
        "W423",
        N_("base_url leads to {host}, which no phone can open: good for samples only"),
        N_("Before cards are published, give the address of a domain that the office holds."),
    ),
    Kind(
        "E424",
        N_("the QR code would hold {length} bytes, {over} more than the {most} that can be read from a small print"),
        N_("Take a shorter base_url. Five policies that are not discreet need one byte."),
    ),
    Kind(
        "E301",
        N_("no font can draw {character} ({number}); it would be printed as an empty box"),
        N_("Write it with a character that the fonts have. What was pasted from an old document is best typed anew."),
    ),
    Kind(
        "E302",
        N_("'{text}' ({numbers}) cannot be drawn: a mark in it has no letter to stand on"),
        N_("Type the syllable anew: the letter first, then those below it, then the vowel."),
    ),
    Kind(
        "E310",
        N_("this text is {over} mm wider than its column: {text}"),
        N_("A word or number is too long to be broken. Shorten it, or choose a smaller size in the theme."),
    ),
    Kind(
        "E311",
        N_("this policy needs {over} mm more height than a page has"),
        N_("Shorten its texts or split its standards over two policies; a row is never cut or split."),
    ),
    Kind(
        "E312",
        N_("this text takes {lines} lines on the card '{design}', more than {most}; nobody reads so much on a card"),
        N_("Say it shorter here; the summary, the steps and the papers are for the details behind the QR code."),
    ),
    Kind(
        "E320",
        N_("there is no pictogram '{name}'"),
        N_("Use one of: {known}."),
    ),
    Kind(
        "E330",
        N_("there is no theme of this name"),
        N_("Shipped are: {shipped}. A theme file of your own is named with its path and ends in .yaml."),
    ),
    Kind(
        "E331",
        N_("the theme has no design '{design}'"),
        N_("Copy the design from a shipped theme; a theme sets both hand (A5) and wall (A4)."),
    ),
    Kind(
        "E332",
        N_("'{role}' of the design '{design}' is {size}, less than the {least} that old eyes or the printer need"),
        N_("Use {least} or more."),
    ),
    Kind(
        "E333",
        N_("the colour '{role}' has a lightness of {light}; a photocopy would lose it or the text on it"),
        N_("Choose a colour with a lightness from {least} to {most}: dark for accent and rule, light for tint."),
    ),
    Kind(
        "E334",
        N_("the theme names no font '{face}', so a part of the texts cannot be set"),
        N_("Name a file for each of bo, bo-bold, zh and zh-bold; the same file may stand for two."),
    ),
    Kind(
        "E340",
        N_("nobody can be asked about the cards of area {area}: there is no telephone for it"),
        N_("Add a row with the role 'ask' for the area, or for one above it, to contacts.csv."),
    ),
    Kind(
        "W341",
        N_("no font can draw {numbers} in the name or group of household {household}; its card leaves a blank there"),
        N_("Write the name into the ruled blank by hand, or correct the character in the roster and print again."),
    ),
    Kind(
        "W342",
        N_("the head's name of household {household} is too long for its card, which leaves a ruled blank there"),
        N_("Write the name into the ruled blank by hand, or shorten it in the roster and print again."),
    ),
    Kind(
        "E343",
        N_("name, village and code of household {household} need more height than the outside of a card has"),
        N_("Shorten the village's name in areas.csv or the group's in the roster, or use smaller sizes in the theme."),
    ),
    Kind(
        "E500",
        N_("this is no roster that can be read; it is neither an XLSX workbook, nor a CSV, nor a folder of CSVs"),
        N_("Save the list as XLSX in Excel or WPS."),
    ),
    Kind(
        "E501",
        N_("this is a workbook of the old form (.xls, .et) or one with a password; neither can be read"),
        N_("Open it in Excel or WPS, take off the password, and save it as XLSX."),
    ),
    Kind(
        "E502",
        N_("this workbook is broken and cannot be read: {why}"),
        N_("Open it in Excel or WPS and save it again as XLSX; if it came by message, have it sent once more."),
    ),
    Kind(
        "E503",
        N_("this CSV is neither UTF-8, nor UTF-16, nor GB18030, so its characters cannot be told"),
        N_("Save the list as XLSX, or as 'CSV UTF-8'."),
    ),
    Kind(
        "E504",
        N_("this CSV cannot be taken apart into rows and cells: {why}"),
        N_("Look for a double quote that is not closed, or save the list as XLSX."),
    ),
    Kind(
        "E505",
        N_("no row of headings was found in the first {rows} rows, so no column is known"),
        N_("Headings are such as: {known}. Name odd ones with --map."),
    ),
    Kind(
        "W506",
        N_("--map names the heading {heading}, which this list does not have"),
        N_("Compare with the list, letter by letter."),
    ),
    Kind(
        "E507",
        N_("no column {columns} was found; without it no card can be made. Found were: {matched}"),
        N_("Add the column, or say which one it is: --map HEADING={field}."),
    ),
    Kind(
        "E508",
        N_("several columns mean {field}: {headings}; nobody could tell which of them holds"),
        N_("Rename or delete all but one."),
    ),
    Kind(
        "E509",
        N_("--map gives the heading {heading} to {field}, which is no column of a roster; the nearest is {nearest}"),
        N_("'policycards roster template' makes a workbook with every column that there is."),
    ),
    Kind(
        "W510",
        N_("these headings mean nothing here, and their columns are not read: {headings}"),
        N_("If one of them is needed, rename it or name it with --map; else nothing is to be done."),
    ),
    Kind(
        "E511",
        N_("row {row} has cells beyond the {columns} headings: a comma in a cell has shifted all that follow it"),
        N_("Put the cell with the comma into double quotes, or save the list as XLSX."),
    ),
    Kind(
        "E512",
        N_("row {row} belongs to no household: it has no household number, and no head stands above it"),
        N_("Write the household's number into the row."),
    ),
    Kind(
        "E513",
        N_("row {row}, {heading}: this is no area code and no name of a village of areas.csv, or of more than one"),
        N_("Write the 12-digit statistical code of the village; format the column as text."),
    ),
    Kind(
        "E514",
        N_("row {row}, {heading}: no village of areas.csv has this code"),
        N_("Correct it, or add the village to areas.csv."),
    ),
    Kind(
        "E515",
        N_("row {row}, {heading}: {area} is out of use since {ended} and was split or not replaced (now: {known})"),
        N_("Write the code of the village in which the household lives today."),
    ),
    Kind(
        "W515",
        N_("row {row}, {heading}: {area} is out of use and was read as {now}, as areas.csv says"),
        N_("Write the new code, so that other offices find the village too."),
    ),
    Kind(
        "E516",
        N_("row {row}, {heading}: {area} ({name}) is no village, and cards are packed by village"),
        N_("Write the code of the village."),
    ),
    Kind(
        "E517",
        N_("row {row}, {heading}: Excel has made a power of ten of this number, and its last digits are lost"),
        N_("Format the column as text, then type the number again from the paper."),
    ),
    Kind(
        "E518",
        N_("row {row}, {heading}: question marks stand where text was; it was lost in an encoding without Tibetan"),
        N_("Type it again, or take an older copy of the list; save as XLSX or 'CSV UTF-8', never as plain CSV."),
    ),
    Kind(
        "E519",
        N_("row {row}, {heading}: {character} is private to some old font; others see nothing or a box"),
        N_("Convert the old Tibetan text to Unicode, or type it again."),
    ),
    Kind(
        "E520",
        N_("row {row}, {heading}: this is not Tibetan but the code of an old Tibetan font; a card would show nonsense"),
        N_("Convert it to Unicode with the program that made it, or type it again; a Chinese name is fine too."),
    ),
    Kind(
        "E521",
        N_("row {row}, {heading}: the formula in this cell gave {error} instead of a value"),
        N_("Mend the formula, or type the value."),
    ),
    Kind(
        "E522",
        N_("row {row}, {heading}: a formula stands here without its result"),
        N_("Open the list in Excel or WPS, save it there once, or type the value."),
    ),
    Kind(
        "E523",
        N_("row {row}, {heading}: the control character {character} stands here; it cannot be seen or printed"),
        N_("Type the cell again."),
    ),
    Kind(
        "E524",
        N_("row {row}, {heading}: this is not a date"),
        N_("Write it as 1950-03-02."),
    ),
    Kind(
        "E525",
        N_("row {row}, {heading}: which number is the day, the month and the year cannot be told"),
        N_("Write the year with four digits first: 1950-03-02."),
    ),
    Kind(
        "E526",
        N_("row {row}, {heading}: no calendar has this date"),
        N_("Check the month and the day against the household register."),
    ),
    Kind(
        "E527",
        N_("row {row}, {heading}: this day has not come yet (today is {today})"),
        N_("Check the year against the household register, and this computer's clock."),
    ),
    Kind(
        "W528",
        N_("row {row}, {heading}: only a part of the birth date is known, so an age on a given day cannot be told"),
        N_("Write year, month and day; until then policies that ask for the age cannot be told."),
    ),
    Kind(
        "E529",
        N_("row {row}, {heading}: nobody is {years} years old; an empty cell or a wrong year often looks like this"),
        N_("Check the year against the household register, or leave the cell empty."),
    ),
    Kind(
        "E530",
        N_("row {row}, {heading}: a number is due here, but this is none"),
        N_("Write digits only, such as 12.5, without unit; 0 for none, and leave the cell empty if it is not known."),
    ),
    Kind(
        "E531",
        N_("row {row}, {heading}: this number is negative"),
        N_("Correct it; an area, a herd or an amount cannot be less than nothing."),
    ),
    Kind(
        "E532",
        N_("row {row}, {heading}: this number is above {most}, more than any household has"),
        N_("Look for a lost point, a wrong unit, or a number from another column."),
    ),
    Kind(
        "W533",
        N_("row {row}, {heading}: this number has more than 4 decimals and was rounded"),
        N_("Write it as the notice has it."),
    ),
    Kind(
        "E534",
        N_("row {row}, {heading}: this is none of the choices, so rules would decide wrongly"),
        N_("Use one of: {known}."),
    ),
    Kind(
        "E535",
        N_("row {row}, {heading}: this is neither yes nor no"),
        N_("Write 是 or 否 (ཡིན or མིན, yes or no)."),
    ),
    Kind(
        "E536",
        N_("row {row}, {heading}: this is neither yes, nor no, nor an approved amount"),
        N_("Write 是, 否, or the amount in digits."),
    ),
    Kind(
        "E537",
        N_("row {row}: household {household} is there already, row {first} is its head; two families under one number"),
        N_("Give one of them another number; if it is one family, only one person is its head."),
    ),
    Kind(
        "E538",
        N_("row {row}: there is no household {household} for this person"),
        N_("Add the household, or correct the number."),
    ),
    Kind(
        "E539",
        N_("row {row}: the head of household {household} has no name in either script; nobody could hand the card out"),
        N_("Write the name in Tibetan, in Chinese, or in both."),
    ),
    Kind(
        "E540",
        N_("row {row}: household {household} has no members, so what its people are entitled to cannot be told"),
        N_("Add its people to the members, or delete the household."),
    ),
    Kind(
        "W542",
        N_("row {row}: household {household} has no head; the person in this row is taken for it"),
        N_("Write 户主 in the row of the head."),
    ),
    Kind(
        "E543",
        N_("row {row}, {heading}: this differs from row {first} of the same household {household}"),
        N_("Say what concerns the whole household once, in the row of its head."),
    ),
    Kind(
        "W544",
        N_("row {row}: somebody of the same name and birth date is in household {other} too (row {first})"),
        N_("If it is one person, delete one of the rows: people are counted in one household only."),
    ),
    Kind(
        "W545",
        N_("{count} households have no number and got one from area, group and order; it changes when the list does"),
        N_("Number the households, or give a key and the heads' identity numbers, so that cards can be told apart."),
    ),
    Kind(
        "W546",
        N_(
            "row {row}: household {household} is left out, because its row {faulty} is faulty; half a family is no card"
        ),
        N_("Correct that row and print again."),
    ),
    Kind(
        "W547",
        N_("this sheet looks like a list too, but only '{read}' is read"),
        N_("Put all people on one sheet, or name two sheets households and members."),
    ),
    Kind(
        "W548",
        N_("{count} more cells of this column have the problem {kind}"),
        N_("One cause may be behind all of them: look at the first ones."),
    ),
    Kind(
        "E549",
        N_("row {row}: household {household} has no village, so no pack would hold its card"),
        N_("Write the village's area code into the row of the head."),
    ),
    Kind(
        "E550",
        N_("no household of this list can be printed"),
        N_("Correct what is told above, then try again."),
    ),
    Kind(
        "E551",
        N_("row {row} of the list fits nobody in the roster"),
        N_("Compare name, birth date and village with the roster; whoever is missing there must be added to it first."),
    ),
    Kind(
        "E552",
        N_("row {row} of the list fits {count} people or households of the roster (rows {rows})"),
        N_("Add the household number, the identity number or the birth date to this row of the list."),
    ),
    Kind(
        "E553",
        N_("nothing in this list tells who is meant: no name, no household number, no identity number was found"),
        N_("Name the column with --map: --map HEADING=name_zh."),
    ),
    Kind(
        "W554",
        N_("row {row} of the list is row {other} of the roster, which stands on the list already; the first one holds"),
        N_("Delete one of the two from the list."),
    ),
    Kind(
        "E600",
        N_("these cases are for the policy {policy}, which there is not; the nearest is {nearest}"),
        N_("Correct the id, or delete the file if the policy is gone."),
    ),
    Kind(
        "E601",
        N_("this case does not say which standard it proves: {policy} has none that is called {standard}"),
        N_("Add 'standard: …' with one of: {known}."),
    ),
    Kind(
        "E602",
        N_("no rule can name {column} of a {owner}; the nearest known column is {nearest}"),
        N_("Known here: {known}. What areas are is written in areas.csv."),
    ),
    Kind(
        "E603",
        N_("case {case} on {day}: {what} should be {wanted} but comes out as {found} ({why})"),
        N_("Correct the policy's rule or values; or the case, if it asks for what the document does not say."),
    ),
    Kind(
        "E610",
        N_("the roster has no household {household}; the nearest id is {nearest}"),
        N_("Give the household's id as the list has it, or the name of its head."),
    ),
    Kind(
        "E611",
        N_("the roster has several households whose head is called {household}: {ids}"),
        N_("Give the id of the one that is meant."),
    ),
    Kind(
        "E901",
        N_("there is no file {file}"),
        N_("Name a PDF that exists."),
    ),
    Kind(
        "E902",
        N_("{file} is no PDF that can be read"),
        N_("Name a PDF, such as one that 'policycards card' made."),
    ),
    Kind(
        "E903",
        N_("{option}: there is no '{value}'"),
        N_("Known are: {known}."),
    ),
    Kind(
        "E904",
        N_("no policy of this choice holds in area {area} on {day}, so there is nothing to print"),
        N_("Check --area, --as-of, --category and --policy."),
    ),
    Kind(
        "E905",
        N_("this font cannot be read, so no text can be set"),
        N_("Name the folder that holds the fonts of the theme with --fonts; it is now {folder}."),
    ),
    Kind(
        "E909",
        N_("this font has PostScript outlines, which cannot be put into a card's file"),
        N_("Use a TrueType version of the font (a .ttf with 'glyf' outlines)."),
    ),
    Kind(
        "E906",
        N_("the folder {folder} is not empty, and nothing in it is overwritten"),
        N_("Name a new folder for the new office."),
    ),
    Kind(
        "E907",
        N_("'{area}' is no code of a division: it has 2, 4, 6, 9 or 12 digits"),
        N_("Give the code of the office's own division with --area, such as 6 digits for a county."),
    ),
    Kind(
        "E910",
        N_("{name} is missing"),
        N_("Run '{command} --help' to see what it takes."),
    ),
    Kind(
        "E911",
        N_("there is no option {name}"),
        N_("Run '{command} --help' to see which there are."),
    ),
    Kind(
        "E912",
        N_("the value of {name} does not fit: {why}"),
        N_("Run '{command} --help' to see what it takes."),
    ),
    Kind(
        "E913",
        N_("this is not understood: {why}"),
        N_("Run '{command} --help' to see what there is."),
    ),
    Kind(
        "E908",
        N_("this file or folder cannot be used: {why}"),
        N_("Close it in other programs, check that it may be written and that the disk has room, and try again."),
    ),
    Kind(
        "E915",
        N_("household {household} is in the roster, but a row of it is faulty, so its card would be wrong"),
        N_("Correct what is told above in the roster and print again."),
    ),
]

KINDS: dict[str, Kind] = {kind.code: kind for kind in sorted(_TABLE, key=lambda kind: kind.code)}
assert len(KINDS) == len(_TABLE), "a problem code is defined twice"
