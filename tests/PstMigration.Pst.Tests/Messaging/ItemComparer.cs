using System.Runtime.InteropServices;
using PstMigration.Mapi;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Tells what of an item is not the same in a copy that went through a file.</summary>
internal static class ItemComparer
{
    // Computed by the store an item is in.
    private static readonly ushort[] s_ofTheStore = [0x0E07, 0x0E08, 0x0E1B, 0x0E20, 0x0E09, 0x0FF4, 0x0FF5, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB, 0x0FFF];

    /// <summary>The differences, as places and values.</summary>
    public static List<string> Compare(MapiItem original, MapiItem copy, string place = "item")
    {
        List<string> differences = [];
        Compare(original.Properties, copy.Properties, s_ofTheStore, emptyIsAbsent: false, place, differences);
        Require(original.Subject == copy.Subject, place + ".Subject", differences);
        const MessageFlags Computed = MessageFlags.HasAttachments | MessageFlags.Associated;
        Require((original.Flags & ~Computed) == (copy.Flags & ~Computed), place + ".Flags", differences);
        Require(original.Recipients.Count == copy.Recipients.Count, place + ".Recipients", differences);
        Require(original.Attachments.Count == copy.Attachments.Count, place + ".Attachments", differences);
        for (int i = 0; i < Math.Min(original.Recipients.Count, copy.Recipients.Count); i++)
        {
            Compare(original.Recipients[i].Properties, copy.Recipients[i].Properties, [], emptyIsAbsent: true, $"{place}.Recipients[{i}]", differences);
        }

        for (int i = 0; i < Math.Min(original.Attachments.Count, copy.Attachments.Count); i++)
        {
            MapiAttachment a = original.Attachments[i], b = copy.Attachments[i];
            string at = $"{place}.Attachments[{i}]";
            Compare(a.Properties, b.Properties, s_ofTheStore, emptyIsAbsent: false, at, differences);
            Require(a.HasEmbeddedItem == b.HasEmbeddedItem, at + ".HasEmbeddedItem", differences);
            if (a.HasEmbeddedItem && b.HasEmbeddedItem)
            {
                differences.AddRange(Compare(a.OpenEmbedded(), b.OpenEmbedded(), at));
            }
        }

        return differences;
    }

    private static void Require(bool condition, string place, List<string> differences)
    {
        if (!condition)
        {
            differences.Add(place);
        }
    }

    private static void Compare(PropertyBag original, PropertyBag copy, ushort[] except, bool emptyIsAbsent, string place, List<string> differences)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> pair in original.Where(p => Array.IndexOf(except, p.Key.Id) < 0))
        {
            string at = $"{place}.{pair.Key} ({pair.Value.Type})";
            if (!copy.TryGet(pair.Key, out PropertyValue value))
            {
                Require(emptyIsAbsent && IsEmpty(pair.Value), at + " is missing", differences);
            }
            else
            {
                Require(Stored(pair.Value.Type) == value.Type, $"{at} became {value.Type}", differences);
                Require(AreEqual(pair.Value, value), $"{at} differs: '{pair.Value}' and '{value}'", differences);
            }
        }
    }

    private static PropertyType Stored(PropertyType type) => type switch
    {
        PropertyType.String8 => PropertyType.String,
        PropertyType.MultipleString8 => PropertyType.MultipleString,
        _ => type,
    };

    private static bool IsEmpty(PropertyValue value) => value.AsSource() is { Length: 0 } || value.AsArray() is { Length: 0 };

    private static bool AreEqual(PropertyValue a, PropertyValue b) => (a.AsArray(), b.AsArray()) switch
    {
        (long[] x, long[] y) => x.SequenceEqual(y),
        (Guid[] x, Guid[] y) => x.SequenceEqual(y),
        (string[] x, string[] y) => x.SequenceEqual(y),
        (byte[][] x, byte[][] y) => x.Length == y.Length && x.Zip(y, (p, q) => p.AsSpan().SequenceEqual(q)).All(e => e),
        (null, null) when a.AsGuid() is Guid guid => guid == b.AsGuid(),
        (null, null) when PropertyTypes.FixedSize(a.Type) > 0 => a.Type == PropertyType.Boolean ? a.Bits != 0 == (b.Bits != 0) : a.Bits == b.Bits,
        (null, null) => AreEqual(Open(a), Open(b)),
        _ => false,
    };

    private static Stream Open(PropertyValue value) => value.Source is null && value.AsString() is string text
        ? new MemoryStream(MemoryMarshal.AsBytes(text.AsSpan()).ToArray())
        : (value.AsSource() ?? BinarySource.FromBytes([])).OpenRead();

    private static bool AreEqual(Stream a, Stream b)
    {
        using (a)
        using (b)
        {
            byte[] x = new byte[65536], y = new byte[65536];
            while (true)
            {
                int m = Fill(a, x), n = Fill(b, y);
                if (m != n || !x.AsSpan(0, m).SequenceEqual(y.AsSpan(0, n)))
                {
                    return false;
                }

                if (m == 0)
                {
                    return true;
                }
            }
        }
    }

    private static int Fill(Stream stream, byte[] buffer)
    {
        int total = 0;
        for (int read = 1; read > 0 && total < buffer.Length; total += read)
        {
            read = stream.Read(buffer, total, buffer.Length - total);
        }

        return total;
    }
}
