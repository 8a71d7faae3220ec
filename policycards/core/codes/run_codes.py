"""Problems 7xx: the runs of the press."""

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
)
