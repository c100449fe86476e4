using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What an attachment is as a file. Items become .eml files. What only refers to a file elsewhere is never opened.
/// </summary>
internal static class AttachmentFile
{
    private const int NameLength = 100;
    private const int EndingLength = 16;

    /// <summary>What writes the content; null, with a loss, where there is none here.</summary>
    public static Action<Stream>? ContentOf(MapiAttachment attachment, LossList losses)
    {
        switch (attachment.Method)
        {
            case AttachMethod.EmbeddedMessage when attachment.HasEmbeddedItem:
                return s => MimeExport.Write(attachment.OpenEmbedded(), s).ToList().ForEach(l => losses.Add(l.Kind, l.Detail));
            case AttachMethod.ByReference or AttachMethod.ByReferenceResolve or AttachMethod.ByReferenceOnly or AttachMethod.ByWebReference:
                losses.Add(LossKind.AttachmentByReference, attachment.Name);
                return null;
            case AttachMethod.Ole:
                losses.Add(LossKind.OleObject, attachment.Name);
                break;
            default:
                break;
        }

        if (attachment.Content is BinarySource source)
        {
            return target =>
            {
                using Stream stream = source.OpenRead();
                stream.CopyTo(target);
            };
        }

        losses.Add(LossKind.Attachment, attachment.Name);
        return null;
    }

    /// <summary>The name without its ending, and an ending: its own, or that of its kind.</summary>
    /// <param name="attachment">The attachment.</param>
    /// <param name="directory">The full path of the directory it comes into; a deep one leaves less room.</param>
    public static (string Stem, string Ending) NameOf(MapiAttachment attachment, string directory)
    {
        string kind = attachment.Method switch
        {
            AttachMethod.EmbeddedMessage => ".eml",
            AttachMethod.Ole => ".ole",
            _ => "",
        };
        string safe = SafeName.Make(attachment.Name, int.MaxValue, "attachment");
        string own = Path.GetExtension(safe);
        bool hasOwn = own.Length is > 1 and <= EndingLength && own.IndexOf(' ') < 0;
        if (kind.Length == 0 && !hasOwn)
        {
            kind = MimeTypes.TryGetExtension(MimeAttachmentBuilder.TypeOf(attachment).MimeType, out string? known) && known is not null ? known : "";
        }

        string ending = kind.Length > 0 ? kind : hasOwn ? own : "";
        string stem = hasOwn && own.Equals(ending, StringComparison.OrdinalIgnoreCase) ? safe.Substring(0, safe.Length - own.Length) : safe;
        int room = LongPath.NameLength(directory, NameLength, 24) - ending.Length - AtomicFile.Suffix.Length;
        return (SafeName.Make(stem, Math.Max(room, 8), "attachment"), ending);
    }
}
