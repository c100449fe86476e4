using System.Text.RegularExpressions;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

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
        using ForeignProgram program = ForeignProgram.Pffexport(path);
        using PstFile file = PstFile.Open(path);
        (List<string> items, List<long> sizes) = Ours(file);

        string root = program.Exported;
        List<string> directories = [.. Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(d => d.Substring(root.Length))];
        Assert.Equal(items.Count, directories.Count(d => s_item.IsMatch(Path.GetFileName(d))));
        Assert.Equal(
            sizes.OrderBy(s => s),
            directories.Where(d => Path.GetFileName(d) == "Attachments")
                .SelectMany(d => new DirectoryInfo(root + d).EnumerateFiles()).Select(f => f.Length).OrderBy(s => s));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_it_recovers_we_have_too(string? name)
    {
        string path = TestData.Path(name ?? "");
        using ForeignProgram program = ForeignProgram.Pffexport(path);
        if (!Directory.Exists(program.Recovered))
        {
            return;
        }

        using PstFile file = PstFile.Open(path);
        HashSet<string> ours = [.. Ours(file).Items];
        foreach (PstRecoveryKind kind in new[] { PstRecoveryKind.Orphan, PstRecoveryKind.Deleted, PstRecoveryKind.Fragment })
        {
            ours.UnionWith(file.RecoverItems(kind).Select(r => r.Subject));
        }

        string[] theirs = [.. Directory.EnumerateDirectories(program.Recovered)
            .Where(d => s_item.IsMatch(Path.GetFileName(d)) && !Path.GetFileName(d).StartsWith("Folder", StringComparison.Ordinal))
            .SelectMany(d => Directory.EnumerateFiles(d, "*.txt"))
            .SelectMany(File.ReadLines)
            .Where(l => l.StartsWith("Subject:\t", StringComparison.Ordinal))
            .Select(l => l.Substring("Subject:".Length).Trim())
            .Where(s => s.Length > 0)];
        Assert.DoesNotContain(theirs, s => !ours.Contains(s));
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
                else if (attachment.Content is BinarySource content && content.Measure() > 0 && !item.IsOfClass("IPM.Schedule.Meeting"))
                {
                    // Attachments of meeting requests it does not write.
                    sizes.Add(content.Measure());
                }
            }
        }

        return (items, sizes);
    }
}
