using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Tnef;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What became of a part that may be a winmail.dat.</summary>
internal enum TnefOutcome
{
    /// <summary>It is none, or one of another mail.</summary>
    None,

    /// <summary>The item has all of it.</summary>
    Whole,

    /// <summary>The item has what could be read of it.</summary>
    Damaged,
}

/// <summary>Unpacks a winmail.dat into the item it came with.</summary>
internal static class MimeTnef
{
    /// <summary>Larger ones stay attachments: they are read as a whole.</summary>
    private const int MaximumSize = 64 * 1024 * 1024;

    private const ushort CorrelationKey = 0x007F;

    /// <summary>Names programs on the way leave to it when they change its type.</summary>
    private static readonly string[] s_names = ["winmail.dat", "win.dat"];

    /// <summary>What TNEF says better than the headers do; of all else the headers are right.</summary>
    private static readonly ushort[] s_better =
    [
        PropertyTags.MessageClass.Id, PropertyTags.RtfCompressed.Id, PropertyTags.BodyHtml.Id, PropertyTags.NativeBody.Id, PropertyTags.RtfInSync.Id,
    ];

    /// <summary>Adds what is packed to the item, which is nested in <paramref name="depth"/> others.</summary>
    public static TnefOutcome Unpack(MimeEntity part, MimeMessage message, MapiItem item, int depth)
    {
        string name = part.ContentDisposition?.FileName ?? part.ContentType.Name ?? "";
        bool isRenamed = part.ContentType.IsMimeType("application", "octet-stream") && name.EndsWith(".dat", StringComparison.OrdinalIgnoreCase);
        bool mayBe = part is TnefPart || isRenamed || s_names.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!mayBe || part is not MimePart leaf)
        {
            return TnefOutcome.None;
        }

        BinarySource content = PartSource.Of(leaf);
        TnefMessage? tnef = content.TryToArray(MaximumSize) is byte[] packed ? TnefMessage.Read(packed, depth) : null;
        if (tnef is null || !Belongs(tnef, message))
        {
            return TnefOutcome.None;
        }

        bool hasBody = tnef.Properties.Contains(PropertyTags.RtfCompressed) || tnef.Properties.Contains(PropertyTags.BodyHtml);
        if (hasBody)
        {
            // The text beside a winmail.dat is a poor copy; which body is the best is told by what was packed.
            item.Properties.Remove(PropertyTags.NativeBody);
            item.Properties.Set(PropertyTags.RtfInSync, tnef.Properties.Contains(PropertyTags.RtfCompressed));
        }

        else if (string.IsNullOrWhiteSpace(item.Properties.GetString(PropertyTags.Body)) && !item.Properties.Contains(PropertyTags.BodyHtml))
        {
            item.Properties.Set(PropertyTags.Body, tnef.Properties.GetString(PropertyTags.Body) ?? item.Properties.GetString(PropertyTags.Body));
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
            if (attachment is { Name.Length: 0, HasEmbeddedItem: false })
            {
                attachment.Properties.Set(PropertyTags.AttachLongFilename, string.Format(CultureInfo.InvariantCulture, "ATT{0:00000}.dat", item.Attachments.Count + 1));
            }

            item.Attachments.Add(attachment);
        }

        return tnef.IsDamaged ? TnefOutcome.Damaged : TnefOutcome.Whole;
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
