using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The files attached to an item (<see cref="AttachmentFile"/>), in a directory of its own; nothing where there are none. Names that meet are numbered in the order
/// of the item.
/// </summary>
internal sealed class AttachmentContent() : ItemContent("attachment", "")
{
    public override IReadOnlyList<ItemLoss> Write(PreparedFiles prepared, string begun)
    {
        string directory = begun + AtomicFile.Suffix;
        UniqueNames names = new();
        LossList losses = new(prepared.Item);
        foreach (MapiAttachment attachment in prepared.Item.Attachments)
        {
            if (AttachmentFile.ContentOf(attachment, losses) is Action<Stream> content)
            {
                (string stem, string ending) = AttachmentFile.NameOf(attachment, begun);
                DateTimeOffset? time = attachment.Properties.GetTime(PropertyTags.LastModificationTime);
                prepared.WriteInto(directory, names.Take(stem, ending), content, time);
            }
        }

        if (prepared.Files.Count > 0)
        {
            WholeFile.SetTime(directory, prepared.Time, isDirectory: true);
        }

        return losses.ToList();
    }
}
