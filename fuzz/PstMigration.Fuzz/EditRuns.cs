using System.Diagnostics;
using System.Globalization;
using PstMigration.Pst.Tests.Ndb.Editing;

namespace PstMigration.Fuzz;

/// <summary>Edits of spoilt files, each judged by <see cref="EditCase"/>.</summary>
internal static class EditRuns
{
    /// <summary>Runs as many cases, shared out among the files.</summary>
    public static int Run(int seed, int count, IReadOnlyList<string> files)
    {
        int failures = 0;
        for (int i = 0; i < files.Count; i++)
        {
            int share = (count / files.Count) + (i < count % files.Count ? 1 : 0);
            failures += RunFile(files[i], seed, share);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"edit seed={seed} cases={count} files={files.Count} others={ForeignView.IsPossible} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Cases of one file, by number.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">The first number.</param>
    /// <param name="count">How many.</param>
    /// <param name="folder">Gets the files, before and after; null to keep none.</param>
    public static int RunFile(string path, int first, int count, string? folder = null)
    {
        byte[] original = File.ReadAllBytes(path);
        int edits = 0, done = 0, untouched = 0, broken = 0, failures = 0;
        Stopwatch watch = Stopwatch.StartNew();
        for (int number = first; number < first + count; number++)
        {
            EditCase spoilt = new(original, number);
            Keep(folder, "spoilt", spoilt.Spoilt);
            foreach ((string name, EditOutcome outcome, string? wrong) in spoilt.Run())
            {
                Keep(folder, name, outcome.After);
                edits++;
                bool isSame = outcome.After.AsSpan().SequenceEqual(spoilt.Spoilt);
                done += outcome.Refusal is null ? 1 : 0;
                untouched += outcome.Refusal is not null && isSame ? 1 : 0;
                broken += outcome.Refusal is not null && !isSame ? 1 : 0;
                if (wrong is not null)
                {
                    failures++;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE edit-again {number} {path}: {name}: {outcome.Refusal ?? "done"}: {wrong}"));
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)} bytes={original.Length} cases={count} edits={edits} done={done} untouched={untouched} broken_off={broken} failures={failures} seconds={watch.Elapsed.TotalSeconds:F0}"));
        return failures;
    }

    private static void Keep(string? folder, string name, byte[] bytes)
    {
        if (folder is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, name.Replace(' ', '-') + ".pst"), bytes);
        }
    }
}
