"""Problems 2xx: texts and orthography."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
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
        N_(
            "a brace without its partner stands here; braces are for placeholders such as {{value}}"
        ),
        N_("Close it, or use ( ) instead."),
    ),
    Kind(
        "E203",
        N_(
            "the number {number} repeats the value of {standard}; when the value changes, this text"
            " would be wrong"
        ),
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
        N_(
            "the character {found} is private to some old font or input method; others see nothing"
            " or a box"
        ),
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
        N_(
            "the syllable {found} has {count} letters; no syllable has more than 4, so a tsheg is"
            " missing"
        ),
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
)
