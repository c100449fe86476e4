using System.Buffers;
using PstMigration.Mapi;

namespace PstMigration.Bench;

/// <summary>Reads items to the last byte, and counts.</summary>
internal static class ContentReader
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Reads an item, and those embedded in it.</summary>
    public static ItemCounts Read(MapiItem item)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        ItemCounts counts = default;
        Stack<MapiItem> open = new([item]);
        while (open.Count > 0)
        {
            MapiItem current = open.Pop();
            counts += Read(current.Properties, buffer);
            foreach (MapiRecipient recipient in current.Recipients)
            {
                counts += Read(recipient.Properties, buffer) with { Recipients = 1 };
            }

            foreach (MapiAttachment attachment in current.Attachments)
            {
                counts += Read(attachment.Properties, buffer) with { Attachments = 1 };
                if (attachment.HasEmbeddedItem)
                {
                    open.Push(attachment.OpenEmbedded());
                }
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return counts;
    }

    private static ItemCounts Read(PropertyBag properties, byte[] buffer)
    {
        long bytes = 0;
        foreach (PropertyValue value in properties.Select(p => p.Value))
        {
            if (value.Source is BinarySource source)
            {
                using Stream stream = source.OpenRead();
                for (int count; (count = stream.Read(buffer, 0, buffer.Length)) > 0;)
                {
                    bytes += count;
                }
            }
            else
            {
                bytes += value.AsString()?.Length * 2 ?? value.AsBinary()?.Length ?? 0;
            }
        }

        return new ItemCounts(properties.Count, 0, 0, bytes);
    }
}
