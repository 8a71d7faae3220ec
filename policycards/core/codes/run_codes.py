"""Problems 7xx: runs of the press; manifests, reading back, reprinting (730 to 759); stale cards
(760 to 769).
"""

from policycards.core.codes.kind import N_, Kind

KINDS = (
    Kind(
        "E700",
        N_(
            "this folder holds a run of other inputs, and cards of two runs must not mix; these"
            " differ: {differs}"
        ),
        N_(
            "Print into another folder with --out, or restore what differs and start the same"
            " command again."
        ),
    ),
    Kind(
        "E701",
        N_("{file} is not what the press has written there, so what the folder holds is not known"),
        N_("Print into another folder with --out."),
    ),
    Kind(
        "E702",
        N_(
            "the disk is full; every village that was finished is there whole, and nothing is there"
            " by halves"
        ),
        N_("Make room on the disk and start the same command again: it goes on where it stopped."),
    ),
    Kind(
        "E703",
        N_("nothing can be written here: {why}"),
        N_(
            "Check that the disk or share is there and may be written, and start the same command"
            " again."
        ),
    ),
    Kind(
        "E704",
        N_(
            "this file is open in another program or protected, so its village was not printed anew"
        ),
        N_("Close the file and start the same command again; only what is missing is printed."),
    ),
    Kind(
        "E705",
        N_("this village could not be made, by a fault of the program: {kind} at {line}"),
        N_(
            "The other villages are not touched. Report this whole line to those who keep the"
            " program."
        ),
    ),
    Kind(
        "E706",
        N_("the press could not be set up: {kind} at {line}"),
        N_(
            "Check that every machine that prints can read the run's folder and the fonts; else"
            " report this whole line."
        ),
    ),
    Kind(
        "E707",
        N_("this village has ended its worker each time it was tried, the last time alone"),
        N_(
            "Close other programs to have more memory, and start the same command again with"
            " --workers 1."
        ),
    ),
    Kind(
        "E708",
        N_(
            "one worker after another has ended before any village was done, so the run was stopped"
        ),
        N_(
            "Close other programs to have more memory, and start the same command again with"
            " --workers 1."
        ),
    ),
    Kind(
        "E709",
        N_("what is installed here is not what the run was begun with; these differ: {differs}"),
        N_(
            "Install the same versions there with constraints.txt, start the worker again, then the"
            " same command."
        ),
    ),
    Kind(
        "E710",
        N_(
            "the folder of the run is not seen from here, so cards would be written where nobody"
            " looks"
        ),
        N_(
            "Mount the shared folder under the same path on every machine, or give a URL with"
            " --out."
        ),
    ),
    Kind(
        "E711",
        N_("no scheduler answers at this address: {why}"),
        N_(
            "Start it with 'dask scheduler' and give the address it tells, such as"
            " tcp://10.0.0.1:8786."
        ),
    ),
    Kind(
        "E712",
        N_("the scheduler has no workers"),
        N_(
            "Start 'dask worker' on each machine, as docs/cluster.md tells, then the same command"
            " again."
        ),
    ),
    Kind(
        "E713",
        N_("this worker cannot load policycards: {kind}"),
        N_(
            "Install policycards[cluster] there in the same version, start the worker again, then"
            " the same command."
        ),
    ),
    Kind(
        "E714",
        N_("this worker takes several villages at once in one process"),
        N_("Start it with 'dask worker --nthreads 1', with --nworkers for more processes."),
    ),
    Kind(
        "E715",
        N_("the connection with the scheduler is lost"),
        N_(
            "Check scheduler and network and start the same command again; finished villages are"
            " kept."
        ),
    ),
    Kind(
        "E716",
        N_("the manifest cannot be made: parts of {villages} villages are gone or changed"),
        N_("Start the same command again: it makes them anew."),
    ),
    Kind(
        "E717",
        N_("nothing can be written to this address: {why}"),
        N_(
            "Give a folder, or install policycards[cluster] and what fsspec names for this kind of"
            " address."
        ),
    ),
    Kind(
        "E718",
        N_("printing on a cluster needs more packages than are installed"),
        N_("Install policycards[cluster]."),
    ),
    Kind(
        "E719",
        N_("another press is printing into this folder"),
        N_("Wait until it has ended; then start the same command again, if anything is missing."),
    ),
    Kind(
        "W720",
        N_("household {household} of the reissue list is not in this roster, so it gets no card"),
        N_("Where it has moved or left, take the old card back; else check the roster."),
    ),
    Kind(
        "E721",
        N_("this is no reissue list: it has other headings or is not UTF-8"),
        N_("Use reissue.csv as 'policycards stale' wrote it; Excel may save it as CSV UTF-8."),
    ),
    Kind(
        "E722",
        N_("row {row} of the reissue list has no household or no number of the copy"),
        N_("Restore the row, or run 'policycards stale' again."),
    ),
    Kind(
        "E780",
        N_(
            "{where}: {id} has no value in force here that could have been looked up; it has values"
            " for areas: {areas}"
        ),
        N_("Name the area with --area; 'policycards standards history' shows all its values."),
    ),
    Kind(
        "E781",
        N_(
            "row {row} of the reissue list: {card} is no card code, so it is not known which card"
            " is to be taken back"
        ),
        N_(
            "Compare it with the card, or run 'policycards stale' again; leave the cell empty where"
            " no card was given."
        ),
    ),
    Kind(
        "E782",
        N_(
            "row {row} of the reissue list says nothing that can be read of the former card: {part}"
        ),
        N_(
            "Write POLICY/STANDARD=AMOUNT with a space between two, empty the cell, or run"
            " 'policycards stale' again."
        ),
    ),
    Kind(
        "W783",
        N_(
            "of household {household} the reissue list tells no line that is another now, so it"
            " gets no slip"
        ),
        N_(
            "Print a new card for this household: leave it in the list and use 'policycards print'."
        ),
    ),
    Kind(
        "E784",
        N_("slips tell what a former card said, which stands in a reissue list only"),
        N_("Give the list of 'policycards stale' with --reissue-list."),
    ),
    Kind(
        "E730",
        N_(
            "this table of the manifest is missing, so nobody can tell which cards were printed"
            " into {folder}"
        ),
        N_(
            "Name the folder of an edition, which has a folder 'run'; or print the run again, which"
            " completes it."
        ),
    ),
    Kind(
        "E731",
        N_("this table of the manifest is damaged: {why}"),
        N_(
            "Take it from a backup, or delete it and print the run again: only what is missing is"
            " made anew."
        ),
    ),
    Kind(
        "E732",
        N_(
            "this is no such table of a manifest; these columns are missing, of another kind or too"
            " many: {columns}"
        ),
        N_(
            "Use the version of the program that printed the run, or print the run again with this"
            " one."
        ),
    ),
    Kind(
        "E733",
        N_(
            "card codes stand more than once in this manifest ({count}), the first is {card}; each"
            " must be one card"
        ),
        N_(
            "Do not hand out these cards. Check that two runs were not mixed in one folder, and"
            " print the run again."
        ),
    ),
    Kind(
        "E734",
        N_("the column {column} of this manifest has {count} empty cells, but every card needs it"),
        N_("Take the file from a backup, or delete it and print the run again."),
    ),
    Kind(
        "E740",
        N_("this pack cannot be read back, so {cards} of its cards are unproven: {why}"),
        N_(
            "Delete the file and run the same command again; if it happens again, look at the disk."
        ),
    ),
    Kind(
        "E741",
        N_("card {card} should be on page {page}, but the file has {count} pages"),
        N_("Do not print this pack. Delete the file and run the same command again."),
    ),
    Kind(
        "E742",
        N_("page {page}: the QR code of card {card} cannot be read"),
        N_(
            "Do not print this pack. Look at the page in 'policycards preview', then report the"
            " fault."
        ),
    ),
    Kind(
        "E743",
        N_(
            "page {page}: the QR code of card {card} says something else; it belongs to card"
            " {other}"
        ),
        N_("Do not print this pack: households would get each other's codes. Report the fault."),
    ),
    Kind(
        "E744",
        N_(
            "page {page}: {count} of {of} texts that should be on card {card} are not there (no."
            " {numbers})"
        ),
        N_(
            "Do not print this pack. Look at the page in 'policycards preview', then report the"
            " fault."
        ),
    ),
    Kind(
        "W745",
        N_(
            "the QR codes of the packs are not read back, because this PC cannot load {name}: {why}"
        ),
        N_(
            "The cards are printed and their texts are read back. Scan some cards of each village"
            " with a phone, or install {name}."
        ),
    ),
    Kind(
        "E750",
        N_("'{part}' is neither a number nor a range"),
        N_("Write numbers from 1 and ranges, with commas between them: 40-52,60."),
    ),
    Kind(
        "E751",
        N_("the range {part} runs backwards"),
        N_("Write the smaller number first: {turned}."),
    ),
    Kind(
        "E752",
        N_(
            "there is no card with the pile number {number} in village {village}; the nearest is"
            " {nearest}"
        ),
        N_(
            "The pile number is the large number on the card; the register lists all of the"
            " village."
        ),
    ),
    Kind(
        "E753",
        N_("there is no sheet {number} in the pack of village {village}; its last is sheet {last}"),
        N_("Sheets are counted from 1 as they are printed, and the test page is sheet 1."),
    ),
    Kind(
        "E754",
        N_("this run has no card with the code {card}; the nearest is {nearest}"),
        N_(
            "Check the code under the QR code of the card, and that this is the folder of its"
            " edition."
        ),
    ),
    Kind(
        "E755",
        N_("this run has no cards of village {village}; the nearest is {nearest}"),
        N_("Give the code of the village as its folder is called."),
    ),
    Kind(
        "E756",
        N_("this run has {count} villages, and each counts its cards from 1"),
        N_("Say which one is meant with --village, such as {village}."),
    ),
    Kind(
        "E757",
        N_("what to print again is not said, or said in more than one way"),
        N_("Give one of --cards, --sheets and --codes."),
    ),
    Kind(
        "E758",
        N_("this pack is not as it was printed, so its pages cannot be printed again: {why}"),
        N_("Run the command again that printed it: it makes what is missing or damaged anew."),
    ),
    Kind(
        "E759",
        N_("how the cards of this pack lie on their sheets is not known to this version"),
        N_("Use the version of the program that printed the run."),
    ),
    Kind(
        "E760",
        N_("no run was printed into this folder"),
        N_(
            "Name the folder of an edition, such as output/2024b, which has a folder 'run' with"
            " run.json."
        ),
    ),
    Kind(
        "E761",
        N_(
            "this run was printed with another key ({printed}) than the one given ({given}), so"
            " nothing can be compared"
        ),
        N_("Give the county's key with --key-file; without it the key of samples is used."),
    ),
    Kind(
        "E762",
        N_(
            "the manifest of this run is not as it was written, so nobody can tell what its"
            " cards say"
        ),
        N_(
            "Take the folder 'run' from a backup, or print the run again into the same folder,"
            " which completes it."
        ),
    ),
    Kind(
        "E763",
        N_("a run and a roster are needed: what was printed, and the households as they are now"),
        N_(
            "Name folders of editions, then the roster, such as: policycards stale output/2024b"
            " list.xlsx --to now."
        ),
    ),
    Kind(
        "W764",
        N_("the chart is not drawn, because this PC cannot load {name}: {why}"),
        N_("The workbook has the same figures. For the chart, install {name}."),
    ),
)
