"""Problems 800 to 849: changing standards; 850 to 899: editions, comparing them, reviews of texts."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E801",
        N_("this file was changed by someone else after it was read, so nothing was written"),
        N_("Run the command again: it starts from the file as it is now."),
    ),
    Kind(
        "W802",
        N_("a change of several files had been interrupted and was completed now: {files}"),
        N_("Nothing to do; 'policycards standards history' shows what holds."),
    ),
    Kind(
        "W803",
        N_(
            "a change had been interrupted before anything was written; what it left behind was"
            " removed"
        ),
        N_("Make the change again if it is still wanted."),
    ),
    Kind(
        "E804",
        N_("a change of several files was interrupted and cannot be completed: {why}"),
        N_(
            "Close the files in other programs, check that the folder may be written, and run any"
            " command again."
        ),
    ),
    Kind(
        "E805",
        N_(
            "a change was interrupted and this file edited before it could be completed; its"
            " content is in {kept}"
        ),
        N_(
            "Put the earlier file back, or finish by hand what is in {kept}; then delete the folder"
            " {stage}."
        ),
    ),
    Kind(
        "E806",
        N_(
            "a value cannot be put into this file without changing something else; nothing was"
            " written"
        ),
        N_(
            "Add it by hand at the end of 'values' of the standard {standard}, in the layout of the"
            " entry above it."
        ),
    ),
    Kind(
        "E810",
        N_("{where}: there is no standard {id}; the nearest is {nearest}"),
        N_("'policycards standards list' shows every id; do not change the id in a workbook."),
    ),
    Kind(
        "E811",
        N_("{where}: the policy {policy} has several standards: {known}"),
        N_("Name the one that is meant."),
    ),
    Kind(
        "E812",
        N_("{where}: {id} is paid by {unit} in the catalogue, but by {paid} here"),
        N_(
            "A new unit is a new standard: add it to the policy's file. A unit changed by mistake"
            " is put back."
        ),
    ),
    Kind(
        "E813",
        N_("{where}: {value} is no date"),
        N_("Write 2026, 2026-07 or 2026-07-01, as precise as the notice is."),
    ),
    Kind(
        "E814",
        N_("{where}: {value} is no amount"),
        N_(
            "Write the figure alone, such as 7.50; or 停止 if the standard has ended, 待定 if it is"
            " not known yet."
        ),
    ),
    Kind(
        "E815",
        N_("{where}: nothing stands here for {id}"),
        N_("A new value needs the amount, the date from which it holds, and the notice."),
    ),
    Kind(
        "E816",
        N_("{where}: {since} is before {last}, from which the last value of {id} holds"),
        N_("Correct the date. To correct an older value, use its own date and say what was wrong."),
    ),
    Kind(
        "E817",
        N_("{where}: {id} already has a value from {since}: {amount}"),
        N_(
            "If that one is wrong, make this a correction and say what was wrong; else correct the"
            " date."
        ),
    ),
    Kind(
        "E818",
        N_(
            "{where}: {id} has no value from {since} that could be corrected; it has values from"
            " {known}"
        ),
        N_("A correction has the date of the value that it corrects, written in the same way."),
    ),
    Kind(
        "E819",
        N_("{where}: {id} goes from {old} to {new}, which is more than half up or down"),
        N_(
            "Compare with the notice: a point in the wrong place, a month for a year? If it is"
            " right, add --confirm."
        ),
    ),
    Kind(
        "E820",
        N_("{where}: month and day of {value} may be swapped: {swapped}?"),
        N_("Compare with the notice. If the date is right, add --confirm."),
    ),
    Kind(
        "W821",
        N_("{where}: late: {id} holds from {since} but was published {published}"),
        N_(
            "Allowed. Cards printed in between are wrong, and households may be owed the"
            " difference."
        ),
    ),
    Kind(
        "E822",
        N_("{where}: {id} has no notice; a number on a card must be traceable to a document"),
        N_("Give the title of the notice."),
    ),
    Kind(
        "E823",
        N_("{where}: {id}: {what} is not given, and nothing says why"),
        N_("Fill it in, or say why it is not known, such as: 纸质文件，无网址."),
    ),
    Kind(
        "W824",
        N_(
            "{where}: {id} stays at {amount}; a new entry says that the new notice has the same"
            " figure"
        ),
        N_("Check that the new figure and not the old one was typed."),
    ),
    Kind(
        "E825",
        N_("{where}: {id} has this value already: {amount} from {since}"),
        N_("Nothing is to be done; empty the row if it was taken over before."),
    ),
    Kind(
        "E826",
        N_("{where}: {id} was published {published}, which is still to come"),
        N_("Correct the date; what is not published yet is entered when it is."),
    ),
    Kind(
        "E827",
        N_("{where}: {id} was changed in the catalogue after this workbook was made"),
        N_(
            "Export a new workbook and copy the row into it; if the row was imported before,"
            " empty it."
        ),
    ),
    Kind(
        "E828",
        N_("{where}: {id} has a new value in row {first} too"),
        N_("One row for each standard; import the second one afterwards."),
    ),
    Kind(
        "E829",
        N_("{where}: there is no area {area} in areas.csv"),
        N_("Correct the code, or add the area first."),
    ),
    Kind(
        "E830",
        N_("this is neither an XLSX workbook nor a CSV, so no standards can be read from it"),
        N_("Save it as XLSX, or as 'CSV UTF-8'."),
    ),
    Kind(
        "E831",
        N_("no row of headings was found: {known} must be there"),
        N_(
            "Use a workbook made by 'policycards standards export', and leave its headings as they"
            " are."
        ),
    ),
    Kind(
        "E832",
        N_("{where}: there is a formula without a result"),
        N_("Open the workbook in Excel or WPS, save it, and try again; or type the figure itself."),
    ),
    Kind(
        "E833",
        N_(
            "{where}: the value of {id} from {since} does not reach areas with values of their"
            " own: {areas}"
        ),
        N_(
            "Does the notice hold there too? Then set it there as well (--area). If their own"
            " values stay, add --confirm."
        ),
    ),
    Kind(
        "E834",
        N_("{where}: the number {value} may be month 10 or month 1"),
        N_(
            "Excel drops the last 0 of a number. Format the cell as text and write 2026-10 or"
            " 2026-01."
        ),
    ),
    Kind(
        "E835",
        N_("{where}: the new policy has nothing here"),
        N_(
            "Fill it in; Chinese and Tibetan are both needed. Unreviewed Tibetan is printed with a"
            " mark."
        ),
    ),
    Kind(
        "E836",
        N_("{where}: there is a policy {id} already"),
        N_(
            "Choose another id. To change the policy, edit its file; to change its standard, use"
            " the first sheet."
        ),
    ),
    Kind(
        "E837",
        N_("{where}: there is no {value}; known are: {known}"),
        N_("Pick it from the list in the cell."),
    ),
    Kind(
        "E849",
        N_("{id}: the value in force was last looked up {checked}, {months} months ago or longer"),
        N_(
            "Look it up and set checked_on, or print with the override, which is recorded with the"
            " run."
        ),
    ),
    Kind(
        "E850",
        N_("{name} is no name for an edition"),
        N_(
            "Take one to eight of 0-9 and a-z, such as 2024b. 'now' is the catalogue of today, and"
            " eight characters that begin with p are the name of a proof."
        ),
    ),
    Kind(
        "E851",
        N_("there is an edition {name} already, and an edition is never changed"),
        N_("Take another name, such as one letter further: 2024b after 2024a."),
    ),
    Kind(
        "E852",
        N_("{person} would have prepared this edition and approved it"),
        N_("Have another person approve it: --prepared and --approved are never the same."),
    ),
    Kind(
        "E853",
        N_("{option} names nobody"),
        N_("Write the name of the person as it is to stand on the approval sheet."),
    ),
    Kind(
        "E854",
        N_("the catalogue is sample data"),
        N_(
            "When the office has confirmed its figures, write 'data: confirmed'. Until then"
            " 'edition publish --draft' makes an edition whose cards are marked."
        ),
    ),
    Kind(
        "E855",
        N_("texts here that no reader of Tibetan has reviewed: {count}. The first: {text}"),
        N_(
            "'policycards review export' makes the list for a reader, 'review import' takes it"
            " back."
        ),
    ),
    Kind(
        "E856",
        N_("the office has not confirmed this value: {amount}, in force since {since}"),
        N_("Compare it with the notice, and write 'confirmed' with who did so and on which day."),
    ),
    Kind(
        "E857",
        N_("the telephone {phone} of area {area} is a placeholder, and a household would ring it"),
        N_("Write the office's own number, and leave the column 'placeholder' empty."),
    ),
    Kind(
        "E858",
        N_("without the county's own key cards would get codes that everybody can make"),
        N_("Name the key file with --key-file; 'policycards init' makes one."),
    ),
    Kind(
        "E859",
        N_("the catalogue was changed while it was being published"),
        N_("Nothing was published. Have nobody edit it, and publish again."),
    ),
    Kind(
        "E860",
        N_("there is no edition {name}"),
        N_("Published are: {known}."),
    ),
    Kind(
        "E861",
        N_(
            "edition {name} is no longer as it was published: a file of it was changed, added or"
            " taken away"
        ),
        N_(
            "Nothing is printed from it. Fetch its folder from a copy, such as from git or from"
            " another office. A change belongs into the catalogue and into a new edition."
        ),
    ),
    Kind(
        "E862",
        N_("{name} is no edition, no day and not 'now'"),
        N_("Write a day as 2024-07-01, 'now', or one of the editions: {known}."),
    ),
    Kind(
        "E863",
        N_("the changes do not fit on one page, by {over} mm"),
        N_("Compare editions that are nearer to each other, and put up one notice for each."),
    ),
    Kind(
        "E870",
        N_("the text of this row is in the catalogue no longer"),
        N_(
            "It was changed after the list was made. Make a new list with 'policycards review"
            " export'."
        ),
    ),
    Kind(
        "E871",
        N_("this row is marked as right and has a new text too"),
        N_("Leave one of the two cells empty."),
    ),
    Kind(
        "E872",
        N_("'{found}' in the column of the texts that are right is not understood"),
        N_("Write √, or leave the cell empty."),
    ),
    Kind(
        "E873",
        N_("the new text has not the placeholders of the old one: {wanted}"),
        N_(
            "What stands in braces is filled in at printing: take it over letter by letter, each as"
            " often as before."
        ),
    ),
    Kind(
        "E874",
        N_("the list does not say {what} of the reader"),
        N_("Write it into the cell at the top of the list: who reads vouches for it with a name."),
    ),
    Kind(
        "E875",
        N_("'{found}' is no day of reading, or one that has not come yet"),
        N_("Write it as 2024-07-01."),
    ),
    Kind(
        "E876",
        N_("the Chinese or the Tibetan of this row was typed over"),
        N_(
            "Write a better Tibetan into the column for new texts. Chinese is changed in the"
            " catalogue."
        ),
    ),
    Kind(
        "E877",
        N_("this is no list of texts to be read: {why}"),
        N_("Take the workbook that 'policycards review export' made, and save it as XLSX."),
    ),
    Kind(
        "E878",
        N_("this text of the catalogue cannot be replaced where it stands"),
        N_("Write it on one line in quotes, then bring the list back again."),
    ),
    Kind(
        "E880",
        N_("this row has another new text for the same words as row {row}"),
        N_("Agree on one of them."),
    ),
    Kind(
        "E881",
        N_("the field {field} was changed by someone else meanwhile: now it says {now}"),
        N_(
            "Nothing was written. Read what stands there now, and make the change again if it is"
            " still needed."
        ),
    ),
    Kind(
        "E882",
        N_("the field {field} cannot be changed where it stands without touching something else"),
        N_("Change it by hand in the file, in the layout of the lines around it."),
    ),
    Kind(
        "E883",
        N_("the field {field} has nothing in this language: {lang}"),
        N_(
            "Fill in both, Tibetan (bo) and Chinese (zh); where the field may be left out, empty"
            " both."
        ),
    ),
)
