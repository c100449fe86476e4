using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// An HTML document that is safe to open; beside it the files attached to the item, in a directory of the same name, and the RTF where the body was written as that.
/// The tree gets an index (<see cref="HtmlIndex"/>).
/// </summary>
internal sealed class HtmlContent(ItemTargetOptions options) : ItemContent("html", DocumentEnding, RtfEnding, ItemFileName.FilesEnding)
{
    /// <summary>The ending of a document.</summary>
    public const string DocumentEnding = ".html";

    private const string RtfEnding = ".rtf";

    public override HtmlIndex? OpenIndex(string root) => new(root);

    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        IReadOnlyList<ItemLoss> losses = [];
        byte[]? kept = null;
        UniqueNames names = new();
        HtmlExportOptions html = new()
        {
            TimeZone = options.Zone,
            KeepRtf = rtf => kept = rtf,
            KeepAttachment = (a, l) => Keep(a, l, prepared, begun, names),
            Tell = (heading, attachments) => prepared.Listing = HtmlIndexEntry.Of(heading, prepared.Time, attachments),
        };
        prepared.Write(Ending, begun + Ending + AtomicFile.Suffix, s => losses = HtmlExport.Write(prepared.Item, s, html));
        if (kept is byte[] rtf)
        {
            prepared.Write(RtfEnding, begun + RtfEnding + AtomicFile.Suffix, s => s.Write(rtf, 0, rtf.Length));
        }

        return losses;
    }

    public override void Rename(string path, string was, string now)
    {
        string full = LongPath.Of(path);
        DateTime time = File.GetLastWriteTimeUtc(full);
        string text = PlainFile.ReadAllText(path);
        string renamed = text.Replace(Link(was), Link(now));
        if (renamed == text)
        {
            return;
        }

        // One that has its name may be the only copy: it is never half written.
        string unfinished = AtomicFile.IsUnfinished(path) ? path : path + AtomicFile.Suffix;
        byte[] bytes = Encoding.UTF8.GetBytes(renamed);
        WholeFile.Write(unfinished, new DateTimeOffset(time), s => s.Write(bytes, 0, bytes.Length));
        if (unfinished != path)
        {
            AtomicFile.Finish(path, replace: true);
        }
    }

    // In a mail no quote stands unescaped before what looks like it.
    private static string Link(string stem) => "<a href=\"./" + Uri.EscapeDataString(stem) + ItemFileName.FilesEnding + "/";

    private static string? Keep(MapiAttachment attachment, LossList losses, PreparedFiles prepared, string begun, UniqueNames names)
    {
        if (AttachmentFile.ContentOf(attachment, losses) is not Action<Stream> content)
        {
            return null;
        }

        string directory = begun + ItemFileName.FilesEnding + AtomicFile.Suffix;
        (string stem, string ending) = AttachmentFile.NameOf(attachment, directory);
        string name = names.Take(stem, ending);
        try
        {
            prepared.WriteBeside(ItemFileName.FilesEnding, directory, name, content, attachment.Properties.GetTime(PropertyTags.LastModificationTime));
            return "./" + Uri.EscapeDataString(prepared.Name) + ItemFileName.FilesEnding + "/" + Uri.EscapeDataString(name);
        }
        catch (MailDataException e) when (!e.EndsRun)
        {
            // One that cannot be read does not keep people from reading the mail.
            losses.Add(LossKind.Attachment, attachment.Name);
            return null;
        }
    }
}
