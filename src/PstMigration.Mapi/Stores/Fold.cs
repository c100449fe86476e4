using System.Buffers.Binary;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Text folded to 128 or 64 bits of its SHA-256, for comparing among many. No text folds to zero.</summary>
public static class Fold
{
    /// <summary>128 bits of a key.</summary>
    public static Guid Of(ItemKey key) => OfText(key.ToString());

    /// <summary>128 bits of a marker.</summary>
    public static Guid Of(ItemMarker marker) => OfText(marker.Value);

    /// <summary>64 bits of a folder, without regard to case.</summary>
    public static long Of(FolderPath path) => (path ?? throw new ArgumentNullException(nameof(path))).Folded();

    /// <summary>64 bits of a text.</summary>
    public static long Of(string text)
    {
        long bits = BinaryPrimitives.ReadInt64LittleEndian(Hash(text));
        return bits == 0 ? 1 : bits;
    }

    internal static Guid OfText(string text) => new(Hash(text).AsSpan(0, 16).ToArray());

    private static byte[] Hash(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text));
}
