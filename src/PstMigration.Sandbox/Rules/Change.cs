using System.Buffers.Binary;

namespace PstMigration.Sandbox;

/// <summary>Change keys and ETags from change numbers.</summary>
internal static class Change
{
    public static string Key(long change)
    {
        byte[] bytes = new byte[16];
        bytes[0] = 0x09;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), change);
        return Convert.ToBase64String(bytes);
    }

    public static string ETag(long change) => "W/\"" + Key(change) + "\"";
}
