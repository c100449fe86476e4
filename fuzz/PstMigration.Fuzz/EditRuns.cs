using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Tests.Editing;
using PstMigration.Pst.Tests.Reading;

namespace PstMigration.Fuzz;

/// <summary>
/// Spoils files, adds to each and deletes from it: all that could be read has to read the same, with nothing new for the checker, pffinfo and
/// pffexport to find; or the file is refused and stays as it is.
/// </summary>
internal static class EditRuns
{
    /// <summary>Runs as many cases, shared out among the files.</summary>
    public static int Run(int seed, int count, IReadOnlyList<string> files)
    {
        int failures = 0;
        for (int i = 0; i < files.Count; i++)
        {
            byte[] original = File.ReadAllBytes(files[i]);
            int share = (count / files.Count) + (i < count % files.Count ? 1 : 0);
            Tally tally = new();
            Stopwatch watch = Stopwatch.StartNew();
            for (int number = seed; number < seed + share; number++)
            {
                failures += Try(files[i], original, number, tally);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(files[i])} bytes={original.Length} cases={share} edits={tally.Edits} done={tally.Done} untouched={tally.Untouched} other={tally.Other} judged_by_others={tally.Foreign} seconds={watch.Elapsed.TotalSeconds:F0}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edit seed={seed} cases={count} files={files.Count} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>One case again.</summary>
    public static int Again(int number, string file)
    {
        Tally tally = new();
        int failures = Try(file, File.ReadAllBytes(file), number, tally);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edits={tally.Edits} done={tally.Done} untouched={tally.Untouched} other={tally.Other} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    // Two of three at what edits rely on, one at anything.
    private static byte[] Spoil(byte[] original, int number) =>
        number % 3 == 0 ? Mutator.Change(original, number) : NdbMutator.Change(original, number);

    private static int Try(string path, byte[] original, int number, Tally tally)
    {
        byte[] spoilt = Spoil(original, number);
        EditTrial trial = new(spoilt);
        int failures = 0;
        ForeignView? before = null;
        foreach ((string name, EditOutcome outcome) in Edits(trial, number))
        {
            tally.Count(outcome, spoilt);
            // What was hidden by other damage may be found when that is passed by.
            bool isLater = name.Contains("later", StringComparison.Ordinal);
            string? wrong = isLater ? outcome.Loss : outcome.Wrong;
            if (wrong is null && ForeignView.IsPossible && !outcome.After.AsSpan().SequenceEqual(spoilt))
            {
                tally.Foreign++;
                before ??= ForeignView.Take(spoilt);
                wrong = before.FindLoss(ForeignView.Take(outcome.After), outcome.Gone.IsNone ? 0 : 1, withComplaints: !isLater);
            }

            if (wrong is not null)
            {
                failures++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE edit {number} {path}: {name}: {outcome.Refusal ?? "done"}: {wrong}"));
            }
        }

        return failures;
    }

    // Every fourth as if the file were so large that it is verified beside the first commits, and of these every other until the end.
    private static IEnumerable<(string Name, EditOutcome Outcome)> Edits(EditTrial trial, int number)
    {
        yield return ("add", trial.Add());
        yield return ("delete", trial.Delete());
        if (number % 4 == 0)
        {
            HeldScheduler scheduler = new();
            Action? between = number % 8 == 0 ? scheduler.Release : null;
            yield return ("add, verified later", trial.Add(new VerificationPlan(0, scheduler), between));
            yield return ("delete, verified later", trial.Delete(new VerificationPlan(0, scheduler), between));
        }
    }

    private sealed class Tally
    {
        public int Edits { get; private set; }

        public int Done { get; private set; }

        public int Untouched { get; private set; }

        public int Other { get; private set; }

        public int Foreign { get; set; }

        public void Count(EditOutcome outcome, byte[] before)
        {
            Edits++;
            bool isSame = outcome.After.AsSpan().SequenceEqual(before);
            Done += outcome.Refusal is null ? 1 : 0;
            Untouched += outcome.Refusal is not null && isSame ? 1 : 0;
            Other += outcome.Refusal is not null && !isSame ? 1 : 0;
        }
    }
}
