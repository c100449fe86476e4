using System;
using System.Linq;
using System.Text;
using MimeKit;
using MimeKit.Tnef;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Unpacks a winmail.dat into the item it came with.</summary>
internal static class MimeTnef
{
    /// <summary>Larger ones stay attachments: they are read as a whole.</summary>
    private const long MaximumSize = 256L * 1024 * 1024;

    private const ushort CorrelationKey = 0x007F;

    /// <summary>What TNEF says better than the headers do; of all else the headers are right.</summary>
    private static readonly ushort[] s_better =
    [
        PropertyTags.MessageClass.Id, PropertyTags.RtfCompressed.Id, PropertyTags.BodyHtml.Id, PropertyTags.NativeBody.Id, PropertyTags.RtfInSync.Id,
    ];

    /// <summary>Whether a part may be one.</summary>
    public static bool IsTnef(MimeEntity part) => part is TnefPart;

    /// <summary>Adds what is packed to the item, which lies in <paramref name="depth"/> others; false where the part is to stay an attachment.</summary>
    public static bool TryUnpack(MimeEntity part, BinarySource source, MimeMessage message, MapiItem item, int depth)
    {
        if (part is not MimePart leaf)
        {
            return false;
        }

        BinarySource content = PartSource.Of(leaf, source);
        TnefMessage? tnef = content.Length <= MaximumSize ? TnefMessage.Read(content.ToArray(), depth) : null;
        if (tnef is null || !Belongs(tnef, message))
        {
            return false;
        }

        bool hasBody = tnef.Properties.Contains(PropertyTags.RtfCompressed) || tnef.Properties.Contains(PropertyTags.BodyHtml);
        if (hasBody)
        {
            // The text beside a winmail.dat is a poor copy; which body is the best is told by what was packed.
            item.Properties.Remove(PropertyTags.NativeBody);
            item.Properties.Set(PropertyTags.RtfInSync, tnef.Properties.Contains(PropertyTags.RtfCompressed));
        }

        foreach ((PropertyKey key, PropertyValue value) in tnef.Properties.Select(p => (p.Key, p.Value)))
        {
            if (!item.Properties.Contains(key) || (key.Name is null && s_better.Contains(key.Id)))
            {
                item.Properties[key] = value;
            }
        }

        foreach (MapiAttachment attachment in tnef.Attachments)
        {
            item.Attachments.Add(attachment);
        }

        return true;
    }

    /// <summary>A gateway may have put a winmail.dat of another mail here: the key in it must be that of the header.</summary>
    private static bool Belongs(TnefMessage tnef, MimeMessage message)
    {
        string? header = message.Headers["X-MS-TNEF-Correlator"]?.Trim();
        string? key = tnef.Properties.GetBinary(new PropertyKey(CorrelationKey)) is { Length: > 0 } bytes
            ? Encoding.ASCII.GetString(bytes).TrimEnd('\0').Trim()
            : null;
        return string.IsNullOrEmpty(header) || key is null || string.Equals(header, key, StringComparison.Ordinal);
    }
}
