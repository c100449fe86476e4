using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Fuzz;

/// <summary>What pffinfo and pffexport, which nobody here wrote, make of a file.</summary>
internal sealed partial class ForeignView
{
    private readonly List<string> _complaints = [];
    private readonly Dictionary<string, int> _items = [];

    /// <summary>Whether both programs are installed.</summary>
    public static bool IsPossible { get; } = Find("pffinfo") is not null && Find("pffexport") is not null;

    /// <summary>Items pffexport gave.</summary>
    public int ItemCount => _items.Values.Sum();

    /// <summary>Lets both look at a file.</summary>
    public static ForeignView Take(byte[] bytes)
    {
        string folder = Directory.CreateTempSubdirectory("edit").FullName;
        try
        {
            ForeignView view = new();
            string path = Path.Combine(folder, "x.pst");
            File.WriteAllBytes(path, bytes);
            view.Run(folder, "pffinfo", path);
            view.Run(folder, "pffexport", "-m", "items", "-q", "-t", Path.Combine(folder, "x"), path);
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
    /// <param name="withComplaints">Whether new complaints count.</param>
    public string? FindLoss(ForeignView after, int deleted, bool withComplaints)
    {
        if (withComplaints && after._complaints.Except(_complaints).FirstOrDefault() is string complaint)
        {
            return complaint;
        }

        int lost = _items.Sum(i => Math.Max(0, i.Value - after._items.GetValueOrDefault(i.Key)));
        return lost > deleted ? $"pffexport: {lost} items are missing or other ones" : null;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private void Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data?.Contains("orrupt", StringComparison.Ordinal) == true)
            {
                Complain(program, e.Data, folder);
            }
        };
        process.BeginOutputReadLine();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        foreach (string line in errors.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Complain(program, line, folder);
        }

        if (process.ExitCode != 0)
        {
            Complain(program, "exit code " + process.ExitCode, folder);
        }
    }

    // Places and numbers differ from state to state.
    private void Complain(string program, string text, string folder)
    {
        lock (_complaints)
        {
            _complaints.Add(program + ": " + Figures().Replace(text.Replace(folder, "", StringComparison.Ordinal), "#"));
        }
    }

    private void ReadItems(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (ItemName().IsMatch(Path.GetFileName(child)))
            {
                string digest = Digest(child);
                _items[digest] = _items.GetValueOrDefault(digest) + 1;
            }
            else
            {
                ReadItems(child);
            }
        }
    }

    private static string Digest(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // Message00001, Appointment00003: numbered by place, which changes with what is deleted. A folder without a name is Folder00002.
    [GeneratedRegex(@"^(?!Folder\d)[A-Z][A-Za-z ]*\d{5}$")]
    private static partial Regex ItemName();

    [GeneratedRegex(@"(0x)?[0-9a-fA-F]*\d[0-9a-fA-F]*")]
    private static partial Regex Figures();
}
