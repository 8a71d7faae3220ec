"""Problems 1xx: reading and form of the catalogue."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E100",
        N_("this file cannot be read: {why}"),
        N_("Check that the file exists, is not open in another program, and that you may read it."),
    ),
    Kind(
        "E101",
        N_("this file has {size} MB; more than {limit} MB is not read"),
        N_(
            "A policy has a few kilobytes. Check that this is the right file, and that no picture"
            " was pasted into it."
        ),
    ),
    Kind(
        "E102",
        N_("this file is not UTF-8 (it looks like {encoding}), so its Tibetan cannot be read"),
        N_("Save it again as UTF-8: in Notepad 'Save as', encoding UTF-8; in Excel 'CSV UTF-8'."),
    ),
    Kind(
        "W103",
        N_(
            "this table is not UTF-8 and was read as GB18030; Excel's plain CSV turns Tibetan into"
            " question marks"
        ),
        N_("Save it again in Excel as 'CSV UTF-8'."),
    ),
    Kind(
        "E104",
        N_("the control character number {character} stands here; it cannot be seen or printed"),
        N_(
            "Delete it: it often comes along when text is pasted from another program. Retype the"
            " line if need be."
        ),
    ),
    Kind(
        "E105",
        N_("this is not valid YAML: {why}"),
        N_(
            "Compare the line and the one above it with a policy that works: indentation, colon and"
            " space, quotes."
        ),
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
        N_(
            "{what} is a feature of YAML that catalogue files do not use (anchors, aliases, tags,"
            " keys in parts)"
        ),
        N_(
            "Write the text out where it is needed; put a text that starts with & * ! or ? in"
            " quotes."
        ),
    ),
    Kind(
        "E109",
        N_(
            "a second document starts here; one file holds one document, and the rest would be lost"
        ),
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
        N_(
            "Check the folder's name, restore the file, or start an office's folder with"
            " 'policycards init'."
        ),
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
        N_(
            'Write it as precisely as it is known: "2016", "2016-07" or "2016-07-01"; "../2016" for'
            ' "by 2016".'
        ),
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
        N_(
            'Write digits with at most one point, in quotes, without unit or separators: "1200",'
            ' "7.50".'
        ),
    ),
    Kind(
        "E132",
        N_(
            "the amount {value} has no quotes; programs would read it as a float, which cannot hold"
            " money exactly"
        ),
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
        N_(
            "Use small Latin letters and digits, at most 60, a letter first; - between words (_ in"
            " attributes)."
        ),
    ),
    Kind(
        "E135",
        N_("{value} is not an area code"),
        N_(
            "Use the first 2, 4, 6, 9 or 12 digits of the statistical code; in Excel format the"
            " column as text."
        ),
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
        N_(
            "Correct it, or the attribute's type in catalogue.yaml. Rules would otherwise decide"
            " wrongly."
        ),
    ),
    Kind(
        "E146",
        N_("this table cannot be read from here on: {why}"),
        N_(
            "Look for a double quote that is not closed; open the table in Excel and save it as"
            " 'CSV UTF-8'."
        ),
    ),
    Kind(
        "E150",
        N_(
            "the id {id} differs from the file's name {name}; the file's name is how a policy is"
            " found"
        ),
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
        N_(
            "Choose another name; taken are age, age_months, members and n_ with the name of a"
            " group."
        ),
    ),
    Kind(
        "E160",
        N_(
            "this value starts {since}, before the one above it ({before}); values stand in the"
            " order of their dates"
        ),
        N_(
            "Move it to its place. To correct an older value, add an entry with 'corrects' at the"
            " end."
        ),
    ),
    Kind(
        "E161",
        N_(
            "this value was recorded {recorded}, before the one above it ({before}); values are"
            " only added at the end"
        ),
        N_("Move it to the end, or correct the date."),
    ),
    Kind(
        "W162",
        N_(
            "there is already a value from {since}, at {first}; this one replaces it without"
            " saying why"
        ),
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
        N_(
            "Delete the amount and keep the figure in 'note'; or delete the status if the amount is"
            " in force."
        ),
    ),
    Kind(
        "E167",
        N_("{what} is not given, and 'missing' does not say why"),
        N_("Fill it in, or say why it is not known: 'missing: …'."),
    ),
    Kind(
        "W168",
        N_(
            "the newest value was last looked up {checked}; after {months} months it may be out of"
            " date"
        ),
        N_("Look it up, and set checked_on to the day you did."),
    ),
    Kind(
        "W169",
        N_(
            "this value was published {published}, after it took effect ({since}): cards already"
            " printed were wrong"
        ),
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
        N_(
            "the standard {standard} is {pays} but has no unit; nobody could tell what the amount"
            " is for"
        ),
        N_("Add 'unit: …' with a unit of catalogue.yaml."),
    ),
    Kind(
        "E173",
        N_(
            "the standard {standard} is a limit, but not which kind; 'at most' and 'at least' mean"
            " the opposite"
        ),
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
        N_(
            "the standard {standard} has a quantity, but is {pays}; only cash and event are"
            " multiplied"
        ),
        N_("Delete 'quantity', or correct 'pays'."),
    ),
    Kind(
        "E178",
        N_(
            "the standard {standard} is {pays} but has no value; the card would promise money"
            " without a figure"
        ),
        N_("Add a value with its source, or use pays: by_notice."),
    ),
    Kind(
        "W179",
        N_("the amount {amount} has parts of a fen; nobody can be paid them"),
        N_("Compare it with the document: is the point in the right place?"),
    ),
    Kind(
        "E180",
        N_("this rule cannot be read: {found} is not expected here"),
        N_("Compare it with: yak >= 10 AND NOT (poor OR n_child > 2)."),
    ),
    Kind(
        "E181",
        N_("{found} is not allowed in rules"),
        N_(
            "Allowed: AND OR NOT = <> < <= > >= IN BETWEEN IS NULL + - *, and COALESCE LEAST"
            " GREATEST LEFT ROUND."
        ),
    ),
    Kind(
        "E182",
        N_(
            "the rule names {name}, which this standard does not know; the nearest known is"
            " {nearest}"
        ),
        N_("Known here: {known}."),
    ),
    Kind(
        "E183",
        N_(
            "this rule is too large: at most {characters} characters, {nodes} parts, brackets"
            " {depth} deep, and numbers of {whole} digits with {places} decimals, products too"
        ),
        N_("Split the standard in two, or have the office's list decide with 'when: listed'."),
    ),
    Kind(
        "E184",
        N_("{what} does not fit here: {wanted} is expected, but it is {kind}"),
        N_(
            "Compare numbers with numbers, texts with 'texts'; a yes_no attribute stands alone,"
            " without =."
        ),
    ),
    Kind(
        "E185",
        N_(
            "two comparisons follow each other; a chain like 5 > yak > 1 would be read with another"
            " meaning"
        ),
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
        "W188",
        N_("this value starts {since}, more than {years} years from now"),
        N_("Compare the year with the document."),
    ),
    Kind(
        "E189",
        N_("{value} cannot be a name for {key}: no file of this name can be on Windows"),
        N_("Choose another name; con, prn, aux, nul, com1 to com9 and lpt1 to lpt9 are taken."),
    ),
    Kind(
        "W190",
        N_(
            "the value from {since} does not reach {area}, which has a value of its own"
            " ({own}, from {start})"
        ),
        N_(
            "Does the notice hold there too? Then set the new value there as well (--area {area});"
            " if the own value stays, say so: policycards standards verify --area {area}."
        ),
    ),
)
