using System.Text;
using Xunit;

namespace PstMigration.Transfer.Tests.Logging;

/// <summary>The file a log is kept in: lines stay whole, files stay small, and nobody else's file is touched.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "pstmigration-log-" + Guid.NewGuid().ToString("N"));

    public LogFileTests() => Directory.CreateDirectory(_folder);

    private string Log => Path.Combine(_folder, "transfers.log");

    [Fact]
    public void Each_file_begins_with_what_its_columns_are_and_is_its_owners()
    {
        LogFile file = new(Log, TransferLog.Header, TimeProvider.System);

        file.Append("請求書");
        file.Append("b");

        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Log).Take(3));
        Assert.Equal([TransferLog.Header, "請求書", "b"], File.ReadAllLines(Log));
        Assert.Equal(["transfers.log"], Directory.GetFiles(_folder).Select(Path.GetFileName));
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
        }
#endif
    }

    [Fact]
    public void A_full_file_becomes_an_old_one_of_which_so_many_are_kept()
    {
        LogFile file = new(Log, "#h", TimeProvider.System) { Largest = 60, OldFiles = 3 };

        for (int i = 0; i < 30; i++)
        {
            file.Append("line " + i.ToString("D4", System.Globalization.CultureInfo.InvariantCulture) + " of ten");
        }

        string[] names = ["transfers.log", "transfers.log.1", "transfers.log.2", "transfers.log.3"];
        Assert.Equal(names, Directory.GetFiles(_folder).Select(Path.GetFileName).OrderBy(n => n, StringComparer.Ordinal));
        Assert.All(names, n => Assert.InRange(new FileInfo(Path.Combine(_folder, n)).Length, 1, 60));
        Assert.All(names, n => Assert.Equal("#h", File.ReadLines(Path.Combine(_folder, n)).First()));

        // The newest last, and nothing missing in between.
        string[] lines = [.. Enumerable.Reverse(names).SelectMany(n => File.ReadAllLines(Path.Combine(_folder, n)).Skip(1))];
        Assert.Equal("line 0029 of ten", lines[lines.Length - 1]);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.Equal(29, int.Parse(lines[0].Substring(5, 4), System.Globalization.CultureInfo.InvariantCulture) + lines.Length - 1);
    }

    [Fact]
    public async Task Lines_of_several_that_write_at_once_stay_whole()
    {
        const int Writers = 12;
        const int Lines = 200;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() =>
        {
            LogFile file = new(Log, "#h", TimeProvider.System) { Largest = 4_000, OldFiles = 200 };
            for (int i = 0; i < Lines; i++)
            {
                file.Append($"{w}:{i}:" + new string((char)('a' + w), 20));
            }
        })));

        string[] lines = [.. Directory.GetFiles(_folder).SelectMany(f => File.ReadAllLines(f).Skip(1))];
        Assert.Equal(Writers * Lines, lines.Length);
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, Lines).Select(i => $"{w}:{i}:" + new string((char)('a' + w), 20))).OrderBy(l => l, StringComparer.Ordinal),
            lines.OrderBy(l => l, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("somebody's notes, which are longer than any header of a log may ever become, however many columns it has")]
    [InlineData("x")]
    public void A_file_of_somebody_else_is_left_alone(string content)
    {
        byte[] before = Encoding.UTF8.GetBytes(content);
        File.WriteAllBytes(Log, before);

        TransferException refused = Assert.Throws<TransferException>(() => new LogFile(Log, TransferLog.Header, TimeProvider.System).Append("a"));

        Assert.Equal(TransferErrorIds.LogNotOurs, refused.Error);
        Assert.Equal(before, File.ReadAllBytes(Log));
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error() =>
        Assert.ThrowsAny<IOException>(() => new LogFile(Path.Combine(_folder, "none", "a.log"), "#h", TimeProvider.System).Append("a"));

    [Theory]
    [InlineData("Invoice\r\n2026-11-30T00:00:00Z\tError", @"Invoice\r\n2026-11-30T00:00:00Z\tError")]
    [InlineData("\u001B[31mred\u001B[0m\a", @"\u{1B}[31mred\u{1B}[0m\u{7}")]
    [InlineData("gpj\u202Eexe \u2028 \u0085", @"gpj\u{202E}exe \u{2028} \u{85}")]
    [InlineData("請求書 🎍 C:\\mail\\a.pst 👨\u200D👩", "請求書 🎍 C:\\mail\\a.pst 👨\u200D👩")]
    public void Text_stays_in_its_line(string text, string expected) => Assert.Equal(expected, LogText.Escape(text));

    [Fact]
    public void Half_a_character_stays_visible() => Assert.Equal(@"a\u{D83D}b", LogText.Escape("a\uD83Db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
