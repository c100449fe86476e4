using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Every item of the real files through MIME and back.</summary>
public sealed class RealFilesTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Mail_survives_mime(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using PstFile pst = PstFile.Open(TestData.Path(file!));
        foreach (MapiItem item in await ReadAllAsync(new PstItemSource(pst)))
        {
            byte[] bytes = Mail.Bytes(item, new MimeExportOptions { ReplayTransportHeaders = false });

            MapiItem back = MimeImport.Read(bytes);
            Assert.Equal(bytes, Mail.Bytes(item, new MimeExportOptions { ReplayTransportHeaders = false }));
            Assert.All(bytes, b => Assert.InRange(b, 1, 0x7F));
            Assert.Equal(Squeeze(item.Subject), Squeeze(back.Subject));

            // A report that is read anew names those it reports on, and says what became of each in its text.
            if (item.IsOfClass("REPORT"))
            {
                Assert.StartsWith(Squeeze(BodyText.ReadPlainText(item)), Squeeze(BodyText.ReadPlainText(back)), StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(Squeeze(BodyText.ReadPlainText(item)), Squeeze(BodyText.ReadPlainText(back)));
                Assert.Equal(
                    item.Recipients.Where(r => r.SmtpAddress is not null && r.Kind != RecipientKind.Originator).Select(r => r.SmtpAddress!.ToUpperInvariant()).OrderBy(a => a, StringComparer.Ordinal),
                    back.Recipients.Where(r => r.SmtpAddress is not null).Select(r => r.SmtpAddress!.ToUpperInvariant()).OrderBy(a => a, StringComparer.Ordinal));
                Assert.Subset(back.Attachments.Select(Fingerprint).ToHashSet(), item.Attachments.Where(IsFile).Select(Fingerprint).ToHashSet());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Rtf_of_real_files_is_whole(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using PstFile pst = PstFile.Open(TestData.Path(file!));
        foreach (MapiItem item in await ReadAllAsync(new PstItemSource(pst)))
        {
            if (item.Properties.GetBinary(PropertyTags.RtfCompressed) is not { Length: > 0 } compressed)
            {
                continue;
            }

            byte[] rtf = CompressedRtf.Decompress(compressed, out RtfDefects defects);

            Assert.Equal(RtfDefects.None, defects);
            Assert.Equal(rtf, CompressedRtf.Decompress(CompressedRtf.Compress(rtf), out defects));
            Assert.Equal(RtfDefects.None, defects);
            if (RtfDecapsulator.Decapsulate(rtf, out RtfEncapsulation kind) is string original)
            {
                Assert.DoesNotContain(@"\htmlrtf", original, StringComparison.Ordinal);
                Assert.True(kind != RtfEncapsulation.Html || original.IndexOf("<html", StringComparison.OrdinalIgnoreCase) >= 0, "HTML without its root element");
            }
            else
            {
                RtfHtml html = RtfToHtml.Convert(rtf);
                Assert.True(html.IsComplete);
                Assert.Equal(Letters(RtfToText.Convert(rtf)), Letters(HtmlToText.Convert(html.Html)));
            }
        }
    }

    private static async Task<List<MapiItem>> ReadAllAsync(PstItemSource source)
    {
        List<MapiItem> items = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, TestContext.Current.CancellationToken))
            {
                items.Add(await item.OpenAsync(TestContext.Current.CancellationToken));
            }
        }

        return items;
    }

    private static bool IsFile(MapiAttachment attachment) => attachment.Method == AttachMethod.ByValue && attachment.Content is not null && attachment.Name.Length > 0;

    private static string Fingerprint(MapiAttachment attachment) => attachment.Name + " " + (IsFile(attachment) ? Convert.ToBase64String(attachment.Content!.ToArray()) : "");

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));

    /// <summary>Markers of lists are text in RTF and none in HTML.</summary>
    private static string Letters(string text)
    {
        StringBuilder letters = new(text.Length);
        foreach (char c in text.Where(char.IsLetter))
        {
            letters.Append(c);
        }

        return letters.ToString();
    }
}
