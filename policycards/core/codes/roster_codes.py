"""Problems 5xx: rosters. E520, a name in the code of an old font, is W520 now."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E500",
        N_(
            "this is no list that can be read; it is neither a workbook (.xlsx, .xls, .et, .ods) nor"
            " a CSV"
        ),
        N_("Open it in Excel or WPS and save it as XLSX (另存为)."),
    ),
    Kind(
        "E501",
        N_("this workbook has a password, so it cannot be read"),
        N_("Open it in Excel or WPS, take off the password, and save it as XLSX."),
    ),
    Kind(
        "E502",
        N_("this workbook is broken and cannot be read: {why}"),
        N_(
            "Open it in Excel or WPS and save it again as XLSX; if it came by message, have it sent"
            " once more."
        ),
    ),
    Kind(
        "E503",
        N_(
            "this CSV is neither UTF-8, nor UTF-16, nor GB18030, so its characters cannot be determined"
        ),
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
        N_(
            "--map gives the heading {heading} to {field}, which is no column of a roster; the"
            " nearest is {nearest}"
        ),
        N_("'policycards roster template' makes a workbook with every column that there is."),
    ),
    Kind(
        "W510",
        N_("these headings mean nothing here, and their columns are not read: {headings}"),
        N_(
            "If one of them is needed, rename it or name it with --map; else nothing is to be done."
        ),
    ),
    Kind(
        "E511",
        N_(
            "row {row} has cells beyond the {columns} headings: a comma in a cell has shifted all"
            " that follow it"
        ),
        N_("Put the cell with the comma into double quotes, or save the list as XLSX."),
    ),
    Kind(
        "E512",
        N_(
            "row {row} belongs to no household: it has no household number, and no head stands"
            " above it"
        ),
        N_("Write the household's number into the row."),
    ),
    Kind(
        "E513",
        N_(
            "row {row}, {heading}: this is no area code and no name of a village of areas.csv, or"
            " of more than one"
        ),
        N_(
            "Say once which village it is: --answer area:NAME=CODE. The nearest: {nearest}. Or write"
            " the 12-digit code."
        ),
    ),
    Kind(
        "E514",
        N_("row {row}, {heading}: no village of areas.csv has this code"),
        N_("Correct it, or add the village to areas.csv."),
    ),
    Kind(
        "E515",
        N_(
            "row {row}, {heading}: {area} is out of use since {ended} and was split or not replaced"
            " (now: {known})"
        ),
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
        N_(
            "row {row}, {heading}: Excel has made a power of ten of this number, and its last"
            " digits are lost"
        ),
        N_("Format the column as text, then type the number again from the paper."),
    ),
    Kind(
        "E518",
        N_(
            "row {row}, {heading}: question marks stand where text was; it was lost in an encoding"
            " without Tibetan"
        ),
        N_(
            "Type it again, or take an older copy of the list; save as XLSX or 'CSV UTF-8', never"
            " as plain CSV."
        ),
    ),
    Kind(
        "E519",
        N_(
            "row {row}, {heading}: {character} is private to some old font; others see nothing or"
            " a box"
        ),
        N_("Convert the old Tibetan text to Unicode, or type it again."),
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
        N_(
            "row {row}, {heading}: the control character {character} stands here; it cannot be seen"
            " or printed"
        ),
        N_("Type the cell again."),
    ),
    Kind(
        "E524",
        N_("row {row}, {heading}: this is not a date"),
        N_("Write it as 1950-03-02."),
    ),
    Kind(
        "E525",
        N_(
            "row {row}, {heading}: which number is the day, the month and the year cannot be determined"
        ),
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
        N_(
            "row {row}, {heading}: only a part of the birth date is known; what depends on the day"
            " cannot be determined"
        ),
        N_(
            "Write year, month and day; until then a policy whose age limit falls into that time"
            " cannot be determined."
        ),
    ),
    Kind(
        "E529",
        N_(
            "row {row}, {heading}: nobody is {years} years old; an empty cell or a wrong year often"
            " looks like this"
        ),
        N_("Check the year against the household register, or leave the cell empty."),
    ),
    Kind(
        "E530",
        N_("row {row}, {heading}: a number is due here, but this is none"),
        N_(
            "Write digits only, such as 12.5, without unit; 0 for none, and leave the cell empty if"
            " it is not known."
        ),
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
        N_(
            "row {row}: household {household} is there already, row {first} is its head; two"
            " families under one number"
        ),
        N_("Give one of them another number; if it is one family, only one person is its head."),
    ),
    Kind(
        "E538",
        N_("row {row}: there is no household {household} for this person"),
        N_("Add the household, or correct the number."),
    ),
    Kind(
        "E539",
        N_(
            "row {row}: the head of household {household} has no name in either script; nobody"
            " could hand the card out"
        ),
        N_("Write the name in Tibetan, in Chinese, or in both."),
    ),
    Kind(
        "E540",
        N_(
            "row {row}: household {household} has no members, so what its people are entitled to"
            " cannot be determined"
        ),
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
        N_(
            "row {row}: somebody of the same name and birth date is in household {other} too (row"
            " {first})"
        ),
        N_(
            "If it is one person, delete one of the rows: people are counted in one household only."
        ),
    ),
    Kind(
        "W545",
        N_(
            "{count} households have no number and got one from area, group and order; it changes"
            " when the list does"
        ),
        N_(
            "Number the households, or give a key and the heads' identity numbers, so that cards"
            " can be distinguished."
        ),
    ),
    Kind(
        "W546",
        N_(
            "row {row}: household {household} is left out, because its row {faulty} is faulty; half"
            " a family is no card"
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
        N_("Correct what is reported above, then try again."),
    ),
    Kind(
        "E551",
        N_("row {row} of the list fits nobody in the roster (the nearest are rows {nearest})"),
        N_(
            "Compare name, birth date and village with the roster; whoever is missing there must be"
            " added to it first."
        ),
    ),
    Kind(
        "E552",
        N_("row {row} of the list fits {count} people or households of the roster (rows {rows})"),
        N_(
            "Add the household number, the identity number or the birth date to this row of the"
            " list."
        ),
    ),
    Kind(
        "E553",
        N_(
            "nothing in this list tells who is meant: no name, no household number, no identity"
            " number was found"
        ),
        N_("Name the column with --map: --map HEADING=name_zh."),
    ),
    Kind(
        "W554",
        N_(
            "row {row} of the list is row {other} of the roster, which stands on the list already;"
            " the first one holds"
        ),
        N_("Delete one of the two from the list."),
    ),
    Kind(
        "W560",
        N_(
            "row {row}: household {household} keeps its card although a cell of this row is faulty;"
            " whatever depends on that cell cannot be determined, and its card names no amount for it"
        ),
        N_("Correct the cell and print again, so that the household learns all that it can have."),
    ),
)
