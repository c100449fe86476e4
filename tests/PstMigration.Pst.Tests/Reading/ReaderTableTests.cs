using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Reading;

/// <summary>The table in docs/readers.md says what we, pffexport and readpst count in each real file.</summary>
public class ReaderTableTests
{
    private static readonly Regex s_item = new(@"^(?!Attachment)[A-Z][A-Za-z ]*\d{5}$", RegexOptions.CultureInvariant);

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void The_table_is_true_of_us(string? name)
    {
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        int folders = 0;
        int items = 0;
        Stack<PstFolder> open = new([file.Root]);
        Stack<MapiItem> read = new();
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            foreach (PstFolder child in folder.EnumerateFolders())
            {
                folders++;
                open.Push(child);
            }

            foreach (PstItemSummary summary in folder.IsSearchFolder ? [] : folder.EnumerateItems())
            {
                items++;
                read.Push(file.OpenItem(summary.NodeId));
            }
        }

        int embedded = 0;
        int attachments = 0;
        int recipients = 0;
        while (read.Count > 0)
        {
            MapiItem item = read.Pop();
            recipients += item.Recipients.Count;
            foreach (MapiAttachment attachment in item.Attachments)
            {
                if (attachment.HasEmbeddedItem)
                {
                    embedded++;
                    read.Push(attachment.OpenEmbedded());
                }
                else
                {
                    attachments++;
                }
            }
        }

        Assert.Equal(Cells(name!)[1], $"{folders} / {items} / {embedded} / {attachments} / {recipients}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_table_is_true_of_pffexport(string? name)
    {
        string path = TestData.Path(name ?? "");
        Assert.SkipUnless(File.Exists("/usr/bin/pffexport"), "pffexport is not installed.");
        string target = Path.Combine(Path.GetTempPath(), "pff" + Guid.NewGuid().ToString("N"));
        try
        {
            Run("/usr/bin/pffexport", $"-m all -q -t \"{target}\" \"{path}\"");
            string root = target + ".export";
            int folders = 0;
            int items = 0;
            int embedded = 0;
            int attachments = 0;
            int recipients = 0;
            foreach (string directory in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories))
            {
                string[] names = directory.Substring(root.Length + 1).Split(Path.DirectorySeparatorChar);
                string last = names[names.Length - 1];
                bool isInside = names.Take(names.Length - 1).Any(s_item.IsMatch);
                items += !isInside && s_item.IsMatch(last) ? 1 : 0;
                embedded += isInside && s_item.IsMatch(last) ? 1 : 0;
                folders += !isInside && !s_item.IsMatch(last) ? 1 : 0;
                attachments += last == "Attachments" ? Directory.GetFiles(directory).Length : 0;
                string list = Path.Combine(directory, "Recipients.txt");
                recipients += File.Exists(list) ? File.ReadLines(list).Count(l => l.StartsWith("Display name:", StringComparison.Ordinal)) : 0;
            }

            string expected = Cells(name!)[2];
            Assert.Equal(expected == "same" ? Cells(name!)[1] : expected, $"{folders} / {items} / {embedded} / {attachments} / {recipients}");
        }
        finally
        {
            foreach (string directory in new[] { target + ".export", target + ".recovered", target + ".orphans" }.Where(Directory.Exists))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_table_is_true_of_readpst(string? name)
    {
        string path = TestData.Path(name ?? "");
        Assert.SkipUnless(File.Exists("/usr/bin/readpst"), "readpst is not installed.");
        string target = Path.Combine(Path.GetTempPath(), "readpst" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(target);
        try
        {
            Run("/usr/bin/readpst", $"-D -e -q -o \"{target}\" \"{path}\"");

            Assert.Equal(Cells(name!)[3], Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    private static string[] Cells(string name)
    {
        string file = Path.GetFileName(name);
        string docs = Path.Combine(TestData.Samples, "..", "docs", "readers.md");
        string? row = File.ReadLines(docs).FirstOrDefault(l => l.StartsWith("| " + file + " |", StringComparison.Ordinal));
        Assert.True(row is not null, "docs/readers.md has no row for " + file);
        return [.. row!.Trim().Trim('|').Split('|').Select(c => c.Trim())];
    }

    private static void Run(string program, string arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        process.WaitForExit();
    }
}
