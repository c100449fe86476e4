using System.Collections.Generic;
using System.IO;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Bench;

/// <summary>Reads items to the last byte, and counts.</summary>
internal sealed class ContentReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public long Properties { get; private set; }

    public long Recipients { get; private set; }

    public long Attachments { get; private set; }

    /// <summary>Bytes of text in UTF-16, of binary values and of everything that is read as a stream.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads an item, and those embedded in it.</summary>
    public void Read(MapiItem item)
    {
        Stack<MapiItem> open = new([item]);
        while (open.Count > 0)
        {
            MapiItem current = open.Pop();
            Read(current.Properties);
            foreach (MapiRecipient recipient in current.Recipients)
            {
                Recipients++;
                Read(recipient.Properties);
            }

            foreach (MapiAttachment attachment in current.Attachments)
            {
                Attachments++;
                Read(attachment.Properties);
                if (attachment.HasEmbeddedItem)
                {
                    open.Push(attachment.OpenEmbedded());
                }
            }
        }
    }

    private void Read(PropertyBag properties)
    {
        foreach (PropertyValue value in properties.Select(p => p.Value))
        {
            Properties++;
            if (value.Source is BinarySource source)
            {
                using Stream stream = source.OpenRead();
                for (int count; (count = stream.Read(_buffer, 0, _buffer.Length)) > 0;)
                {
                    Bytes += count;
                }
            }
            else
            {
                Bytes += value.AsString()?.Length * 2 ?? value.AsBinary()?.Length ?? 0;
            }
        }
    }
}
