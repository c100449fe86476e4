using System.Diagnostics;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>What programs nobody here wrote say about the files this project writes of the real data files.</summary>
public sealed class ForeignReaderTests
{
    /// <summary>Names every defect the email parser finds, every header it cannot decode and every text whose charset is wrong.</summary>
    private const string Defects = """
        import sys, os, email, email.policy
        def walk(part, path):
            for d in part.defects: print(path, 'defect', repr(d))
            for name, value in part.items():
                for d in getattr(value, 'defects', []) if name.lower() != 'message-id' else []: print(path, name, repr(value)[:200], repr(d))
                str(value).encode('utf-8')
                # A Message-ID is written as it is stored: others refer to it.

            if part.is_multipart():
                for child in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload(): walk(child, path)
            elif part.get_content_maintype() == 'text':
                part.get_content()
                payload = part.get_payload(decode=True)
                try: payload.decode(part.get_content_charset('us-ascii'))
                except (LookupError, UnicodeDecodeError) as e: print(path, 'text', repr(e))
            else:
                part.get_payload(decode=True)
        for folder, _, files in os.walk(sys.argv[1]):
            for f in files:
                if f.endswith('.eml'):
                    p = os.path.join(folder, f)
                    with open(p, 'rb') as s: walk(email.message_from_binary_file(s, policy=email.policy.default), f)
        """;

    private const string Readpst = "/usr/bin/readpst";

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Python_finds_no_defect(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using Folder folder = new();
        await ExportAsync(file!, folder.Path);

        string defects = Python.Run(Defects, folder.Path);

        Assert.True(defects.Length == 0, defects);
    }

    /// <summary>tests/Tools/compare_mail.py says of each difference which row of docs/readers.md explains it.</summary>
    [Fact]
    public async Task Every_difference_from_readpst_is_explained()
    {
        Assert.SkipUnless(File.Exists(Readpst), "readpst is not installed.");
        Assert.SkipUnless(RunReadpst("-V").Contains("v0.6.76", StringComparison.Ordinal), "The differences are those of another version of readpst.");
        using Folder ours = new();
        using Folder theirs = new();
        foreach (string? file in Files.Select(f => f.Data))
        {
            Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
            string name = Path.GetFileName(file!);
            string folder = Directory.CreateDirectory(Path.Combine(theirs.Path, name)).FullName;
            await ExportAsync(file!, Path.Combine(ours.Path, name));

            // In one process: of several, one loses items at random.
            RunReadpst($"-q -j0 -e -te -o \"{folder}\" \"{TestData.Path(file!)}\"");
        }

        string[] lines = Python.RunTool("compare_mail.py", ours.Path, theirs.Path).Split('\n');

        HashSet<string> explained = [.. Explanations()];
        Assert.StartsWith("compared ", lines[lines.Length - 1], StringComparison.Ordinal);
        string[] differences = lines.Take(lines.Length - 1).ToArray();
        Assert.Equal("", string.Join("\n", differences.Where(d => !explained.Contains(d.Split('\t')[0]))));
        Assert.Equal("", string.Join("\n", explained.Except(differences.Select(d => d.Split('\t')[0]))));
    }

    /// <summary>The first column of the table.</summary>
    private static IEnumerable<string> Explanations() =>
        File.ReadLines(Path.Combine(TestData.Samples, "..", "docs", "readers.md"))
            .SkipWhile(l => l != "## Mail beside readpst").SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(l => l.Split('|')[1].Trim());

    private static string RunReadpst(string arguments)
    {
        ProcessStartInfo start = new(Readpst, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }

    private static async Task ExportAsync(string file, string path)
    {
        using PstFile pst = PstFile.Open(TestData.Path(file));
        await Store.CopyAsync(new PstItemSource(pst), MailFormats.Eml, path);
    }
}
