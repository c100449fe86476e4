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

/// <summary>What <c>pffexport -m all</c> writes out is what we read: as many items in as many folders, the same bytes in attachments.</summary>
public class PffexportTests
{
    // Classes that pffexport counts but writes nothing for.
    private static readonly string[] s_notExported = ["IPM.Post", "IPM.Microsoft.ScheduleData.FreeBusy"];

    private static readonly Regex s_item = new(@"^(?!Attachment)[A-Z][A-Za-z ]*\d{5}$", RegexOptions.CultureInvariant);

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void Exports_the_same_items(string? name)
    {
        string path = TestData.Path(name ?? "");
        string target = Path.Combine(Path.GetTempPath(), "pff" + Guid.NewGuid().ToString("N"));
        try
        {
            Export(path, target);
            using PstFile file = PstFile.Open(path);
            (List<string> items, List<long> sizes) = Ours(file);

            string root = target + ".export";
            List<string> directories = [.. Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(d => d.Substring(root.Length))];
            Assert.Equal(items.Count, directories.Count(d => s_item.IsMatch(Path.GetFileName(d))));
            Assert.Equal(
                sizes.OrderBy(s => s),
                directories.Where(d => Path.GetFileName(d) == "Attachments")
                    .SelectMany(d => new DirectoryInfo(root + d).EnumerateFiles()).Select(f => f.Length).OrderBy(s => s));
        }
        finally
        {
            foreach (string directory in new[] { target + ".export", target + ".recovered", target + ".orphans" }.Where(Directory.Exists))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static (List<string> Items, List<long> Sizes) Ours(PstFile file)
    {
        List<string> items = [];
        List<long> sizes = [];
        Stack<PstFolder> folders = new([file.Root]);
        Stack<MapiItem> open = new();
        while (folders.Count > 0)
        {
            PstFolder folder = folders.Pop();
            foreach (PstFolder child in folder.EnumerateFolders().Where(c => !c.IsSearchFolder))
            {
                folders.Push(child);
            }

            foreach (PstItemSummary summary in folder.EnumerateItems())
            {
                open.Push(file.OpenItem(summary.NodeId));
            }
        }

        while (open.Count > 0)
        {
            MapiItem item = open.Pop();
            if (s_notExported.Contains(item.MessageClass))
            {
                continue;
            }

            items.Add(item.Subject);
            foreach (MapiAttachment attachment in item.Attachments)
            {
                if (attachment.HasEmbeddedItem)
                {
                    open.Push(attachment.OpenEmbedded());
                }
                else if (attachment.Content is { Length: > 0 } content && !item.IsOfClass("IPM.Schedule.Meeting"))
                {
                    // Attachments of meeting requests it does not write.
                    sizes.Add(content.Length);
                }
            }
        }

        return (items, sizes);
    }

    private static void Export(string path, string target)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pffexport"), "pffexport is not installed.");
        ProcessStartInfo start = new("/usr/bin/pffexport", $"-m all -q -t \"{target}\" \"{path}\"")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        errors.GetAwaiter().GetResult();
        process.WaitForExit();
    }
}
