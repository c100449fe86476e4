using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Every property of every real item through MIME and back: what differs is what docs/mime-properties.md lists, no more and no less.</summary>
public sealed class PropertyTests
{
    /// <summary>How many real files the tables were made from: with fewer, what is listed need not be seen.</summary>
    private const int AllFiles = 18;

    private static readonly MimeExportOptions s_options = new() { IncludeMailboxState = true, IncludeState = true };

    [Theory]
    [InlineData("As .eml files are written", false)]
    [InlineData("With all properties", true)]
    public async Task What_differs_is_listed(string heading, bool isLossless)
    {
        List<string> files = TestData.Files("pst", ".pst", ".ost").Select(r => r.Data).OfType<string>().ToList();
        Assert.SkipWhen(files.Count == 0, "The folder of real files is not beside this checkout.");
        PropertyTable table = PropertyTable.Read(heading);
        SortedSet<string> unlisted = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            using PstFile pst = PstFile.Open(TestData.Path(file));
            foreach ((SourceFolder _, ItemKey key, MapiItem item) in await Store.ReadAsync(new PstItemSource(pst)))
            {
                using MemoryStream stream = new();
                HashSet<string> told = [.. MimeExport.Write(item, stream, s_options with { IncludeAllProperties = isLossless }).Where(l => l.Kind == LossKind.Field).Select(l => l.Detail)];
                MapiItem back = MimeImport.Read(stream.ToArray(), new MimeImportOptions { IsFromOwnFile = true });
                MailState.Of(item).Apply(back.Properties);
                foreach (ItemDifference difference in ItemDifference.Between(item, back))
                {
                    bool saysTheSame = !isLossless && difference.IsLost && difference.Values is "" or "0";
                    if (!saysTheSame && !told.Contains(difference.Key.ToString()) && !table.Lists(difference))
                    {
                        unlisted.Add(difference.Of + " " + difference.Key + (difference.IsLost ? " gone" : " changed") + " in " + file + " " + key.Id + " " + item.MessageClass);
                    }
                }
            }
        }

        Assert.True(unlisted.Count == 0, string.Join("\n", unlisted.Take(100)));
        Assert.True(files.Count < AllFiles || !table.Unused.Any(), "Listed and not seen: " + string.Join(", ", table.Unused));
    }
}
