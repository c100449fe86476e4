using System.Text;
using System.Text.Json;
using PstMigration.Formats.Tests.Html;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests;

/// <summary>Every item of the real files in the formats made for reading.</summary>
public sealed class ReadableFormatsTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_item_is_written(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using PstFile pst = PstFile.Open(TestData.Path(file!));
        PstItemSource source = new(pst);
        await foreach (SourceFolder folder in source.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            await foreach (SourceItem listed in source.ReadItemsAsync(folder, TestContext.Current.CancellationToken))
            {
                MapiItem item = await listed.OpenAsync(TestContext.Current.CancellationToken);
                string html = Written(s => HtmlExport.Write(item, s));
                string box = html.Substring(html.IndexOf("<div class=\"mail-body\"", StringComparison.Ordinal));
                SafeHtml.Check(box.Substring(0, box.IndexOf("</body>", StringComparison.Ordinal)));
                using JsonDocument json = JsonDocument.Parse(Written(s => JsonExport.Write(item, s, folder.Path, listed.Key, new JsonExportOptions { IncludeBinary = true })));
                Assert.Equal(listed.Key.ToString(), json.RootElement.GetProperty("sourceKey").GetString());
                Assert.Contains(ShownText.Line(item.Subject), Written(s => TextExport.Write(item, s)), StringComparison.Ordinal);
                Assert.Equal(CsvExport.Columns.Count, CsvExport.Row(item, folder.Path, listed.Key, TimeZoneInfo.Utc).Count);
            }
        }
    }

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
