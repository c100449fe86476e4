using System.Diagnostics;
using System.Globalization;

namespace PstMigration.Fuzz;

/// <summary>Reads spoilt data files and takes writers their file away, for as long as wanted; see docs/fuzzing.md.</summary>
internal static class Program
{
    private const string Usage = """
        SEED COUNT [FILE ...]         COUNT spoilt copies of the files by turns, after each file cut off at every fiftieth
        again KIND NUMBER FILE        one case again, as a failure names it
        kill SEED [COUNT]             a writer killed COUNT times (20; 500 with PSTMIGRATION_SCALE=full) at random instants
        crash SEED [COUNT]            power lost at every flush of COUNT transactions (40; 400 with PSTMIGRATION_SCALE=full)
        edit SEED COUNT [FILE ...]    COUNT (20,000 with PSTMIGRATION_SCALE=full and COUNT 0) spoilt files added to and deleted from
        edit-again NUMBER FILE [FOLDER]   one of these again; FOLDER gets the spoilt file and what it became
        store FILE SEED OPERATIONS READERS   changes a new FILE at random beside a model of it, with so many readers
        store-kill FILE SEED TIMES           kills a process that adds to a new FILE so many times
        mail SEED [COUNT [FILE ...]]  COUNT (5,000; 100,000 with PSTMIGRATION_SCALE=full) spoilt mails read and written in every format
        mail-again NUMBER FILE        one of these again; FILE gets the mail
        cmdlet-kill SEED TIMES PWSH        kills PWSH that many times while cmdlets of the staged module copy items
        mail-again NUMBER FILE [FILE ...]   one of these again; the first FILE gets the mail
        mail-files SEED COUNT [FILE ...]   COUNT spoilt files of mail (mbox, Maildir, .emlx, UTF-16, winmail.dat) over the engine into a format by turns
        mail-file NUMBER FOLDER [FILE ...] writes one of these into FOLDER
        items SEED COUNT [FORMAT ...] COUNT hostile items over the engine into each format and a sandbox mailbox (Mailbox)
        hostile FOLDER                files that are large in one respect, for bench/hostile.ps1
        storage-kill SEED TIMES              kills a process that makes sandbox mailboxes and keeps a journal so many times
        transfer-kill SEED [TIMES]           kills a process that imports into a sandbox mailbox so many times (10; 200 with PSTMIGRATION_SCALE=full)
        """;

    private static readonly string[] s_folders = ["tests/Corpus", "samples"];

    private static bool IsFull => Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full";

    private static int Main(string[] args)
    {
        if (args is ["again", string kind, string number, string again])
        {
            return Report(again, File.ReadAllBytes(again), [new Case(Enum.Parse<CaseKind>(kind), Number(number))]);
        }

        switch (args)
        {
            case ["kill", string seedText, .. string[] rest]:
                return WriterRuns.Kill(Number(seedText), rest.Length > 0 ? Number(rest[0]) : IsFull ? 500 : 20);
            case ["crash", string seedText, .. string[] rest]:
                return WriterRuns.Crash(Number(seedText), rest.Length > 0 ? Number(rest[0]) : IsFull ? 400 : 40);
            case ["kill-writer", string path, string seedText]:
                return WriterRuns.Write(path, Number(seedText));
            case ["edit", string seedText, string countText, .. string[] rest]:
                return EditRuns.Run(Number(seedText), Number(countText) is > 0 and int some ? some : IsFull ? 20_000 : 200, rest.Length > 0 ? rest : [.. Seeds()]);
            case ["edit-again", string numberText, string spoilt, .. string[] rest]:
                return EditRuns.RunFile(spoilt, Number(numberText), 1, rest.Length > 0 ? rest[0] : null);
            case ["mail", string seedText, .. string[] rest]:
                return MailRuns.Run(Number(seedText), rest.Length > 0 ? Number(rest[0]) : IsFull ? 100_000 : 5_000, rest.Length > 1 ? rest[1..] : []);
            case ["mail-again", string numberText, string written, .. string[] rest]:
                return MailRuns.Again(Number(numberText), written, rest);
            case ["mail-files", string seedText, string countText, .. string[] rest]:
                return EngineRuns.FilesAsync(Number(seedText), Number(countText), rest).GetAwaiter().GetResult();
            case ["mail-file", string numberText, string written, .. string[] rest]:
                return EngineRuns.Write(Number(numberText), written, rest);
            case ["items", string seedText, string countText, .. string[] rest]:
                return EngineRuns.ItemsAsync(Number(seedText), Number(countText), rest).GetAwaiter().GetResult();
            case ["hostile", string folder]:
                HostileFiles.Write(folder);
                return 0;
            case ["store", string file, string first, string operations, string readers]:
                return StoreEditing.Model(file, Number(first), Number(operations), Number(readers));
            case ["store-kill", string file, string first, string times]:
                return StoreEditing.Kill(file, Number(first), Number(times));
            case ["cmdlet-kill", string first, string times, string shell]:
                return CmdletKills.Kill(Number(first), Number(times), shell);
            case ["storage-kill", string first, string times]:
                return StorageKills.Kill(Number(first), Number(times));
            case ["storage-write", string folder]:
                return StorageKills.Write(folder);
            case ["transfer-kill", string first, .. string[] rest]:
                return TransferKills.KillAsync(Number(first), rest.Length > 0 ? Number(rest[0]) : IsFull ? 200 : 10).GetAwaiter().GetResult();
            case ["transfer-run", string folder, string address]:
                return TransferKills.RunAsync(folder, new Uri(address)).GetAwaiter().GetResult();
            case ["sandbox-host", string file, string speed, string faults, string first]:
                return SandboxProcess.RunAsync(file, Number(speed), Number(faults), Number(first)).GetAwaiter().GetResult();
            case ["store-write", string file]:
                return StoreEditing.Write(file);
            default:
                break;
        }

        if (args.Length < 2)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        int seed = Number(args[0]);
        int count = Number(args[1]);
        string[] files = args.Length > 2 ? args[2..] : [.. Seeds()];
        if (files.Length == 0)
        {
            Console.Error.WriteLine("No data files: name some, or run it in the folder of the project.");
            return 2;
        }

        int failures = 0;
        for (int i = 0; i < files.Length; i++)
        {
            int share = (count / files.Length) + (i < count % files.Length ? 1 : 0);
            failures += Report(files[i], File.ReadAllBytes(files[i]), Cases(seed, share));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed={seed} files={files.Length} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Seeds() => s_folders
        .Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*.*", SearchOption.AllDirectories))
        .Where(f => Path.GetExtension(f) is ".pst" or ".ost")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<Case> Cases(int seed, int count)
    {
        for (int i = 0; i < Case.Parts; i++)
        {
            yield return new Case(CaseKind.Cut, i);
        }

        for (int i = 0; i < count; i++)
        {
            yield return new Case(i % 5 == 4 ? CaseKind.Swap : CaseKind.Change, seed + i);
        }
    }

    private static int Report(string path, byte[] original, IEnumerable<Case> cases)
    {
        int failures = 0, count = 0;
        long most = 0;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (Case spoilt in cases)
        {
            count++;
            string? wrong = Trial.Run(spoilt.Apply(original), out long allocated, out bool isEndless);
            most = Math.Max(most, allocated);
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine($"FAILURE {spoilt} {path}: {wrong}");
            }

            if (isEndless)
            {
                Environment.Exit(1);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)} bytes={original.Length} cases={count} failures={failures} allocated_max={most} seconds={watch.Elapsed.TotalSeconds:F1}"));
        return failures;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
