using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.Tnef;

/// <summary>Puts winmail.dat together ([MS-OXTNEF]).</summary>
internal static class TnefBuilder
{
    public const uint MessageProperties = 0x00069003;
    public const uint AttachmentStart = 0x00069002;
    public const uint AttachmentProperties = 0x00069005;

    public static readonly Guid EmbeddedMessage = new("00020307-0000-0000-C000-000000000046");

    /// <summary>Gets u16 1 a file, i32 position, u16 width, u16 height, u32 flags.</summary>
    public static byte[] AttachedFile => [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A stream whose item holds an item, and so on, <paramref name="depth"/> times.</summary>
    public static byte[] Nested(int depth)
    {
        byte[] stream = Stream(Attribute(MessageProperties, Properties(Property(0x0037001F, Block(Unicode("innermost"))))));
        for (int i = depth; i > 0; i--)
        {
            byte[] packed = Block(Join(EmbeddedMessage.ToByteArray(), stream));
            stream = Stream(
                Attribute(MessageProperties, Properties(Property(0x0037001F, Block(Unicode("level"))))),
                Attribute(AttachmentStart, AttachedFile),
                Attribute(AttachmentProperties, Properties(Property(0x3001001F, Block(Unicode("level"))), Property(0x3701000D, packed))));
        }

        return stream;
    }

    public static byte[] Message(byte[] tnef, string headers = "") => Encoding.ASCII.GetBytes(
        "Subject: header subject\r\n" + headers + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\npoor copy\r\n"
        + "--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(tnef) + "\r\n--b--\r\n");

    public static byte[] Stream(params byte[][] attributes) => Join([[.. U32(0x223E9F78), 1, 0], .. attributes]);

    public static byte[] Attribute(uint id, byte[] data)
    {
        int sum = 0;
        foreach (byte b in data)
        {
            sum += b;
        }

        return Join([1, .. U32(id), .. U32((uint)data.Length)], data, [(byte)sum, (byte)(sum >> 8)]);
    }

    public static byte[] Properties(params byte[][] properties) => Join([U32((uint)properties.Length), .. properties]);

    public static byte[] Property(uint tag, byte[] value) => Join(U32(tag), value);

    public static byte[] Named(Guid set, uint lid, uint type, byte[] value) =>
        [.. U32(0x80000000 | type), .. set.ToByteArray(), .. U32(0), .. U32(lid), .. value];

    public static byte[] Named(Guid set, string name, uint type, byte[] value) =>
        [.. U32(0x80010000 | type), .. set.ToByteArray(), .. U32(1), .. Sized(Unicode(name)), .. value];

    public static byte[] Block(byte[] bytes) => Join(U32(1), Sized(bytes));

    public static byte[] Sized(byte[] bytes) => Join(U32((uint)bytes.Length), bytes, new byte[(4 - (bytes.Length & 3)) & 3]);

    public static byte[] Unicode(string text) => Encoding.Unicode.GetBytes(text + "\0");

    public static byte[] U32(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    public static byte[] Join(params byte[][] parts)
    {
        byte[] joined = new byte[parts.Sum(p => p.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }

        return joined;
    }
}
