using System.Diagnostics;
using System.Globalization;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>What libpff reads from the real files is what we read: every folder, item, property and attachment of it.</summary>
public class PypffComparisonTests
{
    private const string Python = "/usr/bin/python3";

    // F nid name; M nid folder subject attachments; P nid property type crc length; A nid number size crc.
    private const string Script = """
        import sys, zlib, pypff
        def crc(data): return zlib.crc32(data or b'') & 0xffffffff
        def out(*a): sys.stdout.write('\t'.join(str(x).replace('\t', ' ').replace('\n', ' ').replace('\r', ' ') for x in a) + '\n')
        def walk(folder):
            out('F', folder.identifier, folder.name or '')
            for i in range(folder.number_of_sub_messages):
                message = folder.get_sub_message(i)
                out('M', message.identifier, folder.identifier, message.subject or '', message.number_of_attachments)
                for record in message.get_record_set(0).entries:
                    if record.entry_type is not None and record.entry_type < 0x8000:
                        data = record.data or b''
                        out('P', message.identifier, record.entry_type, record.value_type, crc(data), len(data))
                for n, attachment in enumerate(message.attachments):
                    size = attachment.size
                    data = b''
                    while len(data) < size:
                        part = attachment.read_buffer(size - len(data))
                        if not part: break
                        data += part
                    out('A', message.identifier, n, size, crc(data))
            for sub in folder.sub_folders: walk(sub)
        sys.stdout.reconfigure(encoding='utf-8', errors='surrogatepass')
        file = pypff.file()
        file.open(sys.argv[1])
        walk(file.get_root_folder())
        """;

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void Reads_what_libpff_reads(string? name)
    {
        string path = TestData.Path(name ?? "");
        List<string[]> lines = Run(path);
        using PstFile file = PstFile.Open(path);
        Dictionary<NodeId, PstFolder> folders = AllFolders(file);

        Assert.Equal(
            lines.Where(l => l[0] == "F").Select(l => (Nid(l[1]), l[2])).OrderBy(f => f.Item1.Value),
            folders.Values.Select(f => (f.NodeId, f.Name)).OrderBy(f => f.NodeId.Value));
        Assert.Equal(
            lines.Where(l => l[0] == "M").Select(l => (Nid(l[1]), Nid(l[2]), l[3])).OrderBy(m => m.Item1.Value),
            folders.Values.Where(f => !f.IsSearchFolder)
                .SelectMany(f => f.EnumerateItems().Select(i => (i.NodeId, f.NodeId, Flat(i.Subject)))).OrderBy(m => m.Item1.Value));
        foreach (string[] message in lines.Where(l => l[0] == "M"))
        {
            MapiItem item = file.OpenItem(Nid(message[1]));
            Assert.Equal(message[3], Flat(item.Subject));
            Assert.Equal(int.Parse(message[4], CultureInfo.InvariantCulture), item.Attachments.Count);
            CompareAttachments(lines.Where(l => l[0] == "A" && l[1] == message[1]), item);
            Assert.Contains(lines, l => l[0] == "P" && l[1] == message[1]);
            CompareProperties(lines.Where(l => l[0] == "P" && l[1] == message[1]), item);
        }

        Assert.Empty(file.Damage);
    }

    private static void CompareAttachments(IEnumerable<string[]> lines, MapiItem item)
    {
        foreach (string[] line in lines)
        {
            MapiAttachment attachment = item.Attachments[int.Parse(line[2], CultureInfo.InvariantCulture)];
            if (!attachment.HasEmbeddedItem)
            {
                byte[] content = attachment.Content?.ToArray() ?? [];
                Assert.Equal((line[3], line[4]), (content.Length.ToString(CultureInfo.InvariantCulture), ZlibCrc(content)));
            }
        }
    }

    private static void CompareProperties(IEnumerable<string[]> lines, MapiItem item)
    {
        List<string> missing = [];
        foreach (string[] line in lines)
        {
            PropertyKey key = new(ushort.Parse(line[2], CultureInfo.InvariantCulture));
            if (key == PropertyTags.Subject)
            {
                continue;
            }

            PropertyType type = (PropertyType)int.Parse(line[3], CultureInfo.InvariantCulture);
            if (!item.Properties.TryGet(key, out PropertyValue value) || value.Type != type || !Encodings(value).Any(b => ZlibCrc(b) == line[4]))
            {
                missing.Add($"{key} {type} {line[5]} bytes, ours {value.Type}");
            }
        }

        Assert.Empty(missing);
    }

    // The forms in which the value may be stored: terminators are not ours to know, 8-bit text is in the code page of the file.
    private static IEnumerable<byte[]> Encodings(PropertyValue value)
    {
        switch (value.Type)
        {
            case PropertyType.Boolean:
                return [[(byte)value.Bits], BitConverter.GetBytes((int)value.Bits)];
            case PropertyType.Integer16:
                return [BitConverter.GetBytes((short)value.Bits), BitConverter.GetBytes((int)value.Bits)];
            case PropertyType.Guid:
                return [value.AsGuid()!.Value.ToByteArray()];
            case PropertyType.String:
                string text = value.AsString()!;
                return [Encoding.Unicode.GetBytes(text), Encoding.Unicode.GetBytes(text + "\0")];
            case PropertyType.String8:
                Encoding western = CodePages.Find(CodePages.Western)!;
                return [western.GetBytes(value.AsString()!), western.GetBytes(value.AsString() + "\0")];
            case var type when PropertyTypes.FixedSize(type) is 4:
                return [BitConverter.GetBytes((int)value.Bits)];
            case var type when PropertyTypes.FixedSize(type) is 8:
                return [BitConverter.GetBytes(value.Bits)];
            case PropertyType.MultipleInteger16:
                return [((long[])value.AsArray()!).SelectMany(v => BitConverter.GetBytes((short)v)).ToArray()];
            case PropertyType.MultipleInteger32:
                return [((long[])value.AsArray()!).SelectMany(v => BitConverter.GetBytes((int)v)).ToArray()];
            case PropertyType.MultipleString:
                return [Pack(((string[])value.AsArray()!).Select(Encoding.Unicode.GetBytes)), Pack(((string[])value.AsArray()!).Select(s => Encoding.Unicode.GetBytes(s + "\0")))];
            case PropertyType.MultipleString8:
                return [Pack(((string[])value.AsArray()!).Select(CodePages.Find(CodePages.Western)!.GetBytes))];
            case PropertyType.MultipleBinary:
                return [Pack((byte[][])value.AsArray()!)];
            default:
                return [value.AsBinary() ?? throw new NotSupportedException(value.Type.ToString())];
        }
    }

    private static byte[] Pack(IEnumerable<byte[]> values)
    {
        byte[][] all = [.. values];
        int offset = 4 + (4 * all.Length);
        List<byte> packed = [.. BitConverter.GetBytes(all.Length)];
        foreach (byte[] value in all)
        {
            packed.AddRange(BitConverter.GetBytes(offset));
            offset += value.Length;
        }

        return all.Length == 0 ? [] : [.. packed, .. all.SelectMany(v => v)];
    }

    private static Dictionary<NodeId, PstFolder> AllFolders(PstFile file)
    {
        Dictionary<NodeId, PstFolder> folders = [];
        Stack<PstFolder> open = new([file.Root]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            folders.Add(folder.NodeId, folder);
            foreach (PstFolder child in folder.EnumerateFolders())
            {
                open.Push(child);
            }
        }

        return folders;
    }

    private static NodeId Nid(string text) => new(uint.Parse(text, CultureInfo.InvariantCulture));

    private static string Flat(string text) => text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    // zlib's CRC inverts what PST's does not: prefix and result.
    private static string ZlibCrc(byte[] bytes) => (~MapiCrc.Append(uint.MaxValue, bytes)).ToString(CultureInfo.InvariantCulture);

    private static List<string[]> Run(string path)
    {
        Assert.SkipUnless(File.Exists(Python), Python + " is not installed.");
        string script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, Script);
            ProcessStartInfo start = new(Python, $"\"{script}\" \"{path}\"")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                StandardOutputEncoding = new UTF8Encoding(false),
            };
            using Process process = Process.Start(start)!;
            System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string error = errors.GetAwaiter().GetResult();
            Assert.SkipWhen(error.Contains("No module named 'pypff'"), "pypff is not installed.");
            Assert.True(process.ExitCode == 0, error);
            return [.. output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split('\t'))];
        }
        finally
        {
            File.Delete(script);
        }
    }
}
