using System.Text.RegularExpressions;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

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
        using ForeignProgram program = ForeignProgram.Pffexport(path);
        string root = program.Exported;
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

    [Theory]
    [MemberData(nameof(Files))]
    public void The_table_is_true_of_readpst(string? name)
    {
        string path = TestData.Path(name ?? "");
        using ForeignProgram program = ForeignProgram.Readpst(path);
        int files = Directory.EnumerateFiles(program.Folder, "*", SearchOption.AllDirectories).Count();

        Assert.Equal(Cells(name!)[3], files.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string[] Cells(string name)
    {
        string file = Path.GetFileName(name);
        string docs = Path.Combine(TestData.Samples, "..", "docs", "readers.md");
        string? row = File.ReadLines(docs).FirstOrDefault(l => l.StartsWith("| " + file + " |", StringComparison.Ordinal));
        Assert.True(row is not null, "docs/readers.md has no row for " + file);
        return [.. row!.Trim().Trim('|').Split('|').Select(c => c.Trim())];
    }
}
