using PstMigration.Formats.Tests.Fuzzing;
using PstMigration.Pst.Tests.Fuzzing;
using SharpFuzz;

namespace PstMigration.Coverage;

/// <summary>What AFL++ runs over and over with inputs of its own, to see which of them lead further; see docs/fuzzing.md.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // Instrumented code must not run before AFL++ has given it its map.
        Action<byte[]>? target = args.Length == 0 ? null : MailTargets.Find(args[0]);
        if (args.Length > 1 && PstTargets.Names.Contains(args[0]))
        {
            Lazy<Action<byte[]>> later = new(() => PstTargets.Find(args[0], () => File.ReadAllBytes(args[1]))!);
            target = input => later.Value(input);
        }

        switch (args)
        {
            case [_, "again", .. string[] files] when target is not null:
                return Again(target, files);
            case [_, _, "again", .. string[] files] when target is not null:
                return Again(target, files);
            case [_, ..] when target is not null:
                Fuzzer.OutOfProcess.Run(stream =>
                {
                    MemoryStream bytes = new();
                    stream.CopyTo(bytes);
                    target(bytes.ToArray());
                });
                return 0;
            default:
                Console.Error.WriteLine("TARGET [FILE.pst] [again INPUT ...]   TARGET is rtf, tnef, recurrence, mime, mbox, entryid; or ndb or ltp of a data file");
                return 2;
        }
    }

    private static int Again(Action<byte[]> target, string[] files)
    {
        foreach (string file in files)
        {
            Console.WriteLine(file);
            target(File.ReadAllBytes(file));
        }

        return 0;
    }
}
