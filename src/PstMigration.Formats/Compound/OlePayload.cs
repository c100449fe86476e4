using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The document inside an OLE object, as a file a person can open.</summary>
/// <param name="Name">Its file name where the object tells one, or an empty string.</param>
/// <param name="Extension">What kind of file it is, such as <c>.pdf</c>; <c>.ole</c> where nobody can tell.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record OlePayload(string Name, string Extension, BinarySource Content)
{
    /// <summary>Objects larger than this stay as they are: finding things in them means going to and fro.</summary>
    private const long MaximumSize = 256L * 1024 * 1024;

    private static readonly (string Stream, string Extension)[] s_documents =
    [
        ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"), ("VisioDocument", ".vsd"),
    ];

    private static readonly (string ProgramId, string Extension)[] s_packages =
    [
        ("Word.Document", ".docx"), ("Word.DocumentMacroEnabled", ".docm"), ("Excel.Sheet", ".xlsx"), ("Excel.SheetMacroEnabled", ".xlsm"),
        ("Excel.SheetBinaryMacroEnabled", ".xlsb"), ("PowerPoint.Show", ".pptx"), ("PowerPoint.Slide", ".pptx"), ("Visio.Drawing", ".vsdx"),
    ];

    /// <summary>Looks into the storage of an object. What is in it is taken out, never opened; null where there is nothing but the storage.</summary>
    public static OlePayload? Find(BinarySource storage)
    {
        if (storage.Length > MaximumSize || CompoundFile.TryRead(storage) is not CompoundEntry root)
        {
            return null;
        }

        if (root.Find("\u0001Ole10Native")?.Content is BinarySource native && ReadNative(native) is OlePayload file)
        {
            return file;
        }

        if (root.Find("Package")?.Content is BinarySource package && package.IsLongerThan(0))
        {
            return new OlePayload("", PackageExtension(root), package);
        }

        if (root.Find("CONTENTS")?.Content is BinarySource contents && contents.IsLongerThan(0))
        {
            return new OlePayload("", Sniff(contents), contents);
        }

        // The storage itself is the document: its program's own file format is a compound file.
        string? extension = s_documents.FirstOrDefault(d => root.Find(d.Stream) is not null).Extension;
        return extension is null ? null : new OlePayload("", extension, storage);
    }

    /// <summary>
    /// The object packager's stream: u32 size, u16 2, label and path as 8-bit strings with their NULs, u16 0, u16 3, u32 size of the next
    /// path, that path, u32 size of the file, the file.
    /// </summary>
    private static OlePayload? ReadNative(BinarySource source)
    {
        byte[] head = new byte[(int)Math.Min(source.Measure(), 8192)];
        using (Stream stream = source.OpenRead())
        {
            Array.Resize(ref head, stream.Fill(head));
        }

        int at = 6;
        if (head.Length < 8 || BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(4)) != 2
            || !TryText(head, ref at, out string label) || !TryText(head, ref at, out string _) || at + 8 > head.Length)
        {
            return head.Length <= 4 ? null : Sniffed(new SliceSource([], source, 4, source.Measure()));
        }

        uint pathSize = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(at + 4));
        long sizeAt = at + 8L + pathSize;
        if (sizeAt + 4 > head.Length)
        {
            return null;
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan((int)sizeAt));
        long begin = sizeAt + 4;
        if (size > source.Measure() - begin)
        {
            return null;
        }

        string name = label.Substring(label.LastIndexOfAny(['/', '\\']) + 1);
        int dot = name.LastIndexOf('.');
        return new OlePayload(name, dot > 0 ? name.Substring(dot) : "", new SliceSource([], source, begin, begin + size));
    }

    private static OlePayload? Sniffed(BinarySource content) => Sniff(content) is var kind && kind == ".ole" ? null : new OlePayload("", kind, content);

    private static bool TryText(byte[] bytes, ref int at, out string text)
    {
        int end = Array.IndexOf(bytes, (byte)0, at);
        text = end < 0 ? "" : (CharsetDetector.Detect(bytes.AsSpan(at, end - at).ToArray()) ?? CodePages.Get(CodePages.Western)).GetString(bytes, at, end - at);
        at = end + 1;
        return end >= 0;
    }

    private static string PackageExtension(CompoundEntry root)
    {
        string description = root.Find("\u0001CompObj")?.Content is BinarySource stream && stream.TryToArray(4096) is byte[] about ? Encoding.ASCII.GetString(about) : "";
        return s_packages.LastOrDefault(p => description.IndexOf(p.ProgramId, StringComparison.OrdinalIgnoreCase) >= 0).Extension ?? ".zip";
    }

    private static string Sniff(BinarySource content)
    {
        byte[] start = new byte[8];
        using Stream stream = content.OpenRead();
        int read = stream.Fill(start);
        string text = Encoding.ASCII.GetString(start, 0, read);
        return text.StartsWith("%PDF", StringComparison.Ordinal) ? ".pdf"
            : text.StartsWith("BM", StringComparison.Ordinal) ? ".bmp"
            : text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) ? ".zip"
            : text.StartsWith("GIF8", StringComparison.Ordinal) ? ".gif"
            : read > 3 && start[0] == 0x89 && start[1] == 'P' ? ".png"
            : read > 3 && start[0] == 0xFF && start[1] == 0xD8 ? ".jpg"
            : text.StartsWith("{\\rtf", StringComparison.Ordinal) ? ".rtf"
            : ".ole";
    }
}
