using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>What pffinfo and pffexport, which nobody here wrote, make of a file.</summary>
internal sealed class ForeignView
{
    // Message00001, Appointment00003: numbered by place, which changes with what is deleted. A folder without a name is Folder00002.
    private static readonly Regex s_itemName = new(@"^(?!Folder\d)[A-Z][A-Za-z ]*\d{5}$");

    private static readonly Regex s_figures = new(@"(0x)?[0-9a-fA-F]*\d[0-9a-fA-F]*");

    private readonly HashSet<string> _complaints = [];
    private readonly Dictionary<string, int> _items = [];

    // What pffexport could not export: folders, items, and lists of either.
    private int _failures;

    /// <summary>Whether both programs are installed.</summary>
    public static bool IsPossible { get; } = Find("pffinfo") is not null && Find("pffexport") is not null;

    /// <summary>Lets both look at a file.</summary>
    public static ForeignView Take(byte[] bytes)
    {
        string folder = Path.Combine(Path.GetTempPath(), "pst-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            ForeignView view = new();
            string path = Path.Combine(folder, "x.pst");
            File.WriteAllBytes(path, bytes);
            view.Run(folder, "pffinfo", $"\"{path}\"");
            view.Run(folder, "pffexport", $"-m items -q -t \"{Path.Combine(folder, "x")}\" \"{path}\"");
            view.ReadItems(Path.Combine(folder, "x.export"));
            return view;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What of it is lost or complained of in another.</summary>
    /// <param name="after">The other.</param>
    /// <param name="deleted">How many items are meant to be missing.</param>
    /// <param name="added">How many items it has more, at most.</param>
    /// <param name="withComplaints">Whether new complaints count.</param>
    public string? FindLoss(ForeignView after, int deleted, int added, bool withComplaints)
    {
        // Where pffexport gets further than it did before, it comes to damage it did not see; and what it fails at it may tell in other words.
        if (withComplaints && after._failures > _failures && after._items.Values.Sum() <= _items.Values.Sum() + added)
        {
            return after._complaints.Except(_complaints).FirstOrDefault() ?? "more failures of pffexport";
        }

        int lost = _items.Sum(i => Math.Max(0, i.Value - (after._items.TryGetValue(i.Key, out int count) ? count : 0)));
        return lost > deleted ? $"pffexport: {lost} items are missing or other ones" : null;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private void Run(string folder, string program, string arguments)
    {
        ProcessStartInfo start = new(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        List<string> output = [];
        process.OutputDataReceived += (_, e) => output.Add(e.Data ?? "");
        process.BeginOutputReadLine();
        List<string> complaints = [.. process.StandardError.ReadToEnd().Split(['\n'], StringSplitOptions.RemoveEmptyEntries)];
        process.WaitForExit();
        complaints.AddRange(output.Where(line => line.Contains("orrupt")));
        if (process.ExitCode != 0)
        {
            complaints.Add("exit code " + process.ExitCode);
        }

        _failures += complaints.Count(c => c.StartsWith("export_handle", StringComparison.Ordinal) || program == "pffinfo");

        // Places and numbers differ from state to state.
        _complaints.UnionWith(complaints.Select(c => program + ": " + s_figures.Replace(c.Replace(folder, ""), "#")));
    }

    private void ReadItems(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (s_itemName.IsMatch(Path.GetFileName(child)))
            {
                string digest = Digest(child);
                _items[digest] = _items.TryGetValue(digest, out int count) ? count + 1 : 1;
            }
            else
            {
                ReadItems(child);
            }
        }
    }

    private static string Digest(string folder)
    {
        using MemoryStream all = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).OrderBy(f => f, StringComparer.Ordinal))
        {
            byte[] name = Encoding.UTF8.GetBytes(file[folder.Length..]);
            byte[] content = File.ReadAllBytes(file);
            all.Write(name, 0, name.Length);
            all.Write(content, 0, content.Length);
        }

        using SHA256 hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(all.ToArray()));
    }
}
