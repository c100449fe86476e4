using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The files attached to an item, in a directory of its own; nothing where there are none. Items become .eml files. What only refers to a file elsewhere is never
/// opened. Names that meet are numbered in the order of the item.
/// </summary>
internal sealed class AttachmentContent() : ItemContent("attachment", "")
{
    private const int NameLength = 100;
    private const int EndingLength = 16;

    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        string directory = begun + AtomicFile.Suffix;
        UniqueNames names = new();
        LossList losses = new(prepared.Item);
        foreach (MapiAttachment attachment in prepared.Item.Attachments)
        {
            if (ContentOf(attachment, losses) is Action<Stream> content)
            {
                (string stem, string ending) = NameOf(attachment, begun);
                DateTimeOffset? time = attachment.Properties.GetTime(PropertyTags.LastModificationTime);
                prepared.WriteInto(directory, names.Take(stem, ending), content, time);
            }
        }

        if (prepared.Files.Count > 0)
        {
            WholeFile.SetTime(directory, prepared.Time);
        }

        return losses.ToList();
    }

    /// <summary>What writes the content; null, with a loss, where there is none here.</summary>
    private static Action<Stream>? ContentOf(MapiAttachment attachment, LossList losses)
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
    private static (string Stem, string Ending) NameOf(MapiAttachment attachment, string directory)
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
