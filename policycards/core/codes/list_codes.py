"""Problems of lists as offices have them: what is asked about or set aside instead of guessed."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "W518",
        N_(
            "row {row}, {heading}: question marks stand where a name was; it was lost in an"
            " encoding without Tibetan"
        ),
        N_(
            "Type the name anew from a list that has it; until then the card shows the"
            " other name, or a line to write on."
        ),
    ),
    Kind(
        "W519",
        N_(
            "row {row}, {heading}: {character} of this name is private to some old font; a"
            " card shows a line to write on in its place"
        ),
        N_("Type the name anew with a Unicode keyboard."),
    ),
    Kind(
        "W520",
        N_(
            "row {row}, {heading}: this name is not Tibetan but the code of an old Tibetan"
            " font; it is left out"
        ),
        N_("Type the name anew with a Unicode keyboard."),
    ),
    Kind(
        "W561",
        N_(
            "row {row} has no household number, and was taken for one of household"
            " {household} above it"
        ),
        N_("Write the household's number into the row, if that is not right."),
    ),
    Kind(
        "W562",
        N_(
            "a filter or hidden rows hide {people} people of {households} households of"
            " which other rows are shown; they were read too"
        ),
        N_(
            "Nothing is to be done if these families are whole; else show all rows and"
            " delete who is not to be counted."
        ),
    ),
    Kind(
        "E563",
        N_(
            "row {row} is no person that can be read: it has figures or words, but no name"
            " with something of a person; the household above it is not printed until it is"
            " settled"
        ),
        N_("Write the name and relation into the row, or delete it."),
    ),
    Kind(
        "W564",
        N_(
            "a filter or hidden rows hide {households} whole households with {people}"
            " people; they were left out"
        ),
        N_("Take off the filter and show all rows, if these households are to have cards."),
    ),
    Kind(
        "W565",
        N_(
            "row {row}: household {household} is said to have {people} people, but {rows}"
            " are listed; those that are listed hold"
        ),
        N_("Correct the number, or delete who is not of the household."),
    ),
    Kind(
        "W566",
        N_(
            "row {row}: household {household} is said to have {people} people, but only"
            " {rows} are listed; nothing is known of the others"
        ),
        N_("Add the rows that are missing, or correct the number."),
    ),
    Kind(
        "E567",
        N_(
            "row {row}: nobody knows the relation that stands here, so it may begin another"
            " household than {household}; that one is not printed until it is settled"
        ),
        N_(
            "Write 户主 for a head, else a usual word such as 配偶, 子, 女, 其他; or give each"
            " household its number."
        ),
    ),
    Kind(
        "E568",
        N_(
            "row {row}: households of several villages have this number, and nothing tells"
            " of which village the row is"
        ),
        N_("Write the village into the row, or put it below the head of its household."),
    ),
    Kind(
        "E570",
        N_("this is more than any list has: more than {most} of one kind of part ({what})"),
        N_(
            "Look for a cell far off to the right or below, or for a line without an end;"
            " save the list anew with its own cells only."
        ),
    ),
    Kind(
        "E571",
        N_(
            "row {row}: a double quote begins this cell and does not end in it, so that the"
            " rows below stand in it too"
        ),
        N_("Delete the quote or close it in the same cell, or save the list as XLSX."),
    ),
    Kind(
        "E572",
        N_("there is no list in it: the file is empty"),
        N_("Open it and look whether this is the file that was meant."),
    ),
    Kind(
        "E573",
        N_("every sheet of this workbook with anything in it is hidden: {sheets}"),
        N_("Show the sheet of the list in Excel or WPS (right click on a tab), and save."),
    ),
    Kind(
        "W574",
        N_("hidden sheets were not read: {sheets}"),
        N_("If households stand in them, show the sheets and save."),
    ),
    Kind(
        "E575",
        N_(
            "row {row}, {heading}: the unit behind this number is not the column's and does"
            " not convert into it: {unit}"
        ),
        N_("Write the number in the column's own unit."),
    ),
    Kind(
        "E576",
        N_(
            "row {row}, {heading}: this number is only said to be about so; a card names"
            " what is known"
        ),
        N_("Write the number that is registered."),
    ),
    Kind(
        "E577",
        N_(
            "row {row}, {heading}: this is below {least} yuan, so no approved amount but"
            " perhaps a code such as 1 for yes and 2 for no"
        ),
        N_("Write 是 or 否, or say in the heading what the codes mean, such as （1是2否）."),
    ),
    Kind(
        "E578",
        N_("row {row}, {heading}: Excel has made a date of what stood here, such as of 1-2"),
        N_("Format the column as text and type it anew."),
    ),
    Kind(
        "W578",
        N_(
            "row {row}, {heading}: Excel has made a date of what stood here, such as of"
            " 1-2; it was left out"
        ),
        N_("Format the column as text and type it anew."),
    ),
    Kind(
        "E579",
        N_(
            "row {row}, {heading}: this amount has more than two decimals, and nobody is"
            " paid parts of a fen"
        ),
        N_("Write the amount that is paid, in yuan and fen."),
    ),
    Kind(
        "E580",
        N_(
            "row {row}, {heading}: this is a day of another calendar (农历, 藏历, or an"
            " animal's year), never taken for one of the public calendar"
        ),
        N_("Write the day of the public calendar, as the identity card has it."),
    ),
    Kind(
        "W581",
        N_(
            "row {row}, {heading}: this cannot be an identity number: its check digit or"
            " its date is wrong, or Excel has altered it; it was not used"
        ),
        N_("Compare it with the identity card; format the column as text."),
    ),
    Kind(
        "W582",
        N_(
            "row {row}, {heading}: the identity number of this person has another birth"
            " date, so the age cannot be determined"
        ),
        N_("Compare both with the identity card and correct the wrong one."),
    ),
    Kind(
        "E583",
        N_(
            "the column {heading} was not read: its heading says {word}, and that is not"
            " the unit, period or calendar of {field}, nor does it convert"
        ),
        N_("Write the column in its own unit, or correct the heading."),
    ),
    Kind(
        "W584",
        N_("row {row}, {heading}: the identity number of this person says the other sex"),
        N_("Compare both with the identity card; the number may be another person's."),
    ),
    Kind(
        "E585",
        N_("this list is of another county: {county}, while this catalogue is of {home}"),
        N_("Look whether it is the right file; for another county take its own catalogue."),
    ),
    Kind(
        "E586",
        N_(
            "row {row}: an identity number stands for the household number; without the"
            " county's key no number can be made from it, and it is never kept"
        ),
        N_("Give the key with --key-file, or a column of household numbers."),
    ),
    Kind(
        "E587",
        N_("this file of answers cannot be read; it is to be JSON with a text for each question"),
        N_("Correct it, or delete it and answer the questions anew."),
    ),
    Kind(
        "E588",
        N_(
            "row {row}: this identity number stands in row {first} too (household {other});"
            " one person is listed twice, and neither household is printed until it is"
            " settled"
        ),
        N_("Delete the row that is wrong, or correct its number."),
    ),
    Kind(
        "E589",
        N_(
            "row {row}: household {household} has a person of this name and of no other birth"
            " date in row {first} already; counted twice, the card would promise too much"
        ),
        N_("Delete one of the two rows, or correct the birth date."),
    ),
    Kind(
        "E590",
        N_(
            "row {row}, {heading}: a number such as 1956.1 may be January or October, since"
            " numbers keep no last nought"
        ),
        N_(
            "Say it once for the column: --answer month:{heading}=january or =october;"
            " better write days, such as 1956-10-02."
        ),
    ),
    Kind(
        "E591",
        N_("the copy of the list with its marks cannot be made: {why}"),
        N_(
            "All problems are in errors.xlsx, by row and column; save the list anew in"
            " Excel or WPS to get the copy."
        ),
    ),
    Kind(
        "W592",
        N_(
            "row {row} of the list says another {field} than row {other} of the roster; the"
            " roster's holds"
        ),
        N_(
            "Find out which of the two is right; to take the list's, empty the cell in the"
            " roster and merge again."
        ),
    ),
    Kind(
        "W593",
        N_("row {row} of the list: its area at its standard does not come to its amount"),
        N_("Ask the department which of the three is right before anything is paid."),
    ),
    Kind(
        "W594",
        N_(
            "row {row}, {heading}: this sum is not that of the rows above it; rows are missing, or"
            " were added after it was made"
        ),
        N_("Add the rows up again, and ask the department for the list that was paid."),
    ),
    Kind(
        "W595",
        N_(
            "{count} rows of the list are paid at {listed}, while the catalogue has {known} for this"
            " policy"
        ),
        N_(
            "Ask the department for the notice of its standard; if it holds, write it into the"
            " catalogue before cards are printed."
        ),
    ),
    Kind(
        "E596",
        N_(
            "no column of this list tells what is paid for {policy}: neither an area, nor a standard,"
            " nor an amount was found"
        ),
        N_("Say which column it is: --map HEADING={field}."),
    ),
    Kind(
        "E597",
        N_("row {row}, {heading}: the names of several people stand in this cell"),
        N_("Give each person a row; in a list of heads, leave the head's name alone."),
    ),
    Kind(
        "E598",
        N_(
            "row {row}: the headings stand here again, in another order than above; the rows below"
            " were not read"
        ),
        N_("Put the rows below on a sheet of their own, or in the order of the headings above."),
    ),
)
