using System.Globalization;

namespace PstMigration.Bench;

/// <summary>Measures reading and writing of data files; see docs/benchmarks.md.</summary>
internal static class Program
{
    private const string Usage = """
        generate FILE MESSAGES ATTACHBYTES EVERY SEED   writes a file: every EVERYth message has an attachment
        list FILE                                       every item from the contents tables
        read FILE [THREADS]                             every property, recipient and attachment byte
        first FILE                                      from opening to the first item of the fullest folder, in a warm process
        rate FILE                                       listing the fullest folder, in a warm process
        export FILE FOLDER FORMAT THREADS               every item as a file: Eml, Maildir, Mbox, Html, Text, Json, Csv, Attachment
        append FILE MESSAGES ATTACHBYTES EVERY GROUP    adds to an existing file, GROUP messages a commit
        append-one FILE TIMES                           opens, adds one message, commits
        import FILE MESSAGES ATTACHBYTES EVERY          copies messages with their markers into an existing file, except those it has
        markers FILE                                    opens to add to it and reads which items it has from elsewhere
        journal FILE ITEMS                              records items in a new journal, records them again, counts and reads them
        mailbox-import FOLDER MAILS LATENCY LIMITS      small mails over sockets to a sandbox that answers after LATENCY ms; LIMITS: published, or off
        copy FILE TARGET                                a plain copy, to the disk and through it
        compare FILE RUNS SECONDS                       ours and the peers, medians as a markdown table
        compare-write FOLDER MESSAGES ATTACHBYTES EVERY RUNS SECONDS
                                                        ours and the peers write the same; reads and checks what each wrote
        suite FOLDER RUNS SECONDS                       all tables about reading, with files it makes in the folder
        """;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["generate", string file, string messages, string attachBytes, string every, string seed]:
                Generation.Run(file, new SeededItems(Number(messages), Number(attachBytes), Number(every), Number(seed)), Generation.Folders, Console.Out);
                return 0;
            case ["list", string file]:
                Reading.List(file);
                return 0;
            case ["read", string file]:
                Reading.Read(file, threads: 1);
                return 0;
            case ["read", string file, string threads]:
                Reading.Read(file, Number(threads));
                return 0;
            case ["first", string file]:
                Latency.First(file);
                return 0;
            case ["rate", string file]:
                Latency.Rate(file);
                return 0;
            case ["export", string file, string folder, string format, string threads]:
                Exporting.RunAsync(file, folder, format, Number(threads)).GetAwaiter().GetResult();
                return 0;
            case ["append", string file, string messages, string attachBytes, string every, string group]:
                Appending.Run(file, new SeededItems(Number(messages), Number(attachBytes), Number(every), SeededItems.UsualSeed), Number(group));
                return 0;
            case ["append-one", string file, string times]:
                Appending.One(file, Number(times));
                return 0;
            case ["import", string file, string messages, string attachBytes, string every]:
                Marking.Import(file, new SeededItems(Number(messages), Number(attachBytes), Number(every), SeededItems.UsualSeed));
                return 0;
            case ["markers", string file]:
                Marking.Lookup(file);
                return 0;
            case ["journal", string file, string items]:
                Journaling.Run(file, Number(items));
                return 0;
            case ["mailbox-import", string folder, string mails, string latency, "published" or "off"]:
                MailboxImporting.RunAsync(folder, Number(mails), Number(latency), args[4] == "published").GetAwaiter().GetResult();
                return 0;
            case ["copy", string file, string target]:
                Generation.Copy(file, target);
                return 0;
            case ["compare", string file, string runs, string seconds]:
                Comparison.Run(file, Number(runs), TimeSpan.FromSeconds(Number(seconds)));
                return 0;
            case ["compare-write", string folder, string messages, string attachBytes, string every, string runs, string seconds]:
                WriteComparison.Run(
                    folder,
                    new SeededItems(Number(messages), Number(attachBytes), Number(every), SeededItems.UsualSeed),
                    Number(runs),
                    TimeSpan.FromSeconds(Number(seconds)));
                return 0;
            case ["suite", string folder, string runs, string seconds]:
                Suite.Run(folder, Number(runs), TimeSpan.FromSeconds(Number(seconds)));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
