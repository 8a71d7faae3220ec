"""Problems 850 to 899: publishing editions, comparing them, and having texts reviewed."""

from policycards.core.codes.kind import N_, Kind

KINDS = (
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
