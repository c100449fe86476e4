using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PstMigration.Mapi;
using PstMigration.Pst;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>
/// Thirty days of a mailbox in use, exported each evening: whatever was there on any evening is in the export as it was when it was last seen, once; each file is clean.
/// </summary>
public sealed class ThirtyDaysTests : IDisposable
{
    private const int Days = 30;
    private static readonly bool s_isFull = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full";
    private static readonly Regex s_item = new(@"^(Message|Meeting|Appointment|Contact|Task|Note)\d+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly ChangedMailbox _m = new();
    private readonly Random _random = new(2026);
    private readonly Dictionary<string, Mail> _mailbox = [];
    private readonly Dictionary<string, string> _promised = [];
    private readonly Dictionary<string, string> _folders = new() { ["inbox"] = "Inbox" };
    private readonly Dictionary<string, string> _judged = [];
    private readonly string _scratch = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-days-" + Guid.NewGuid().ToString("N"))).FullName;
    private int _last;

    public void Dispose()
    {
        _m.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Year")]
    [InlineData("Size 700000")]
    public async Task Each_evening_the_export_holds_what_is_promised(string? split)
    {
        _m.Split = PstSplit.Parse(split);
        int perDay = s_isFull ? 20 : 3;
        MakeFolder("Projects");
        MakeFolder("Travel");
        Receive(perDay * 5);
        for (int day = 1; day <= Days; day++)
        {
            Change(day, perDay);
            foreach (Mail mail in _mailbox.Values)
            {
                _promised[mail.Id] = _folders[mail.Folder] + "/" + mail.Subject;
            }

            TransferSummary run = await _m.ExportAsync();

            Assert.Equal((0, 0, 0), (run.Count(ItemFate.Failed), run.Count(ItemFate.Unsure), run.UnreadableFolders));
            Assert.Equal(_mailbox.Count, run.Read);
            Assert.Equal(_promised.Values.OrderBy(p => p, StringComparer.Ordinal), _m.Content());
            Assert.Equal(0, (await _m.ExportAsync()).Count(ItemFate.Copied));
            foreach (string file in _m.Files)
            {
                Judge(file, day);
            }
        }

        Assert.True(split is null ? _m.Files.Count == 1 : _m.Files.Count > 3, string.Join(" ", _m.Files));
    }

    /// <summary>A day of people.</summary>
    private void Change(int day, int count)
    {
        Receive(count);
        foreach (Mail mail in Some(count))
        {
            mail.Subject = $"mail {++_last} edited";
            _m.Send("PATCH", "messages/" + mail.Id, "{\"subject\":\"" + mail.Subject + "\"}");
        }

        foreach (Mail mail in Some(count))
        {
            mail.Folder = _folders.Keys.ElementAt(_random.Next(_folders.Count));
            _m.Move(mail.Id, mail.Folder);
        }

        // What is deleted on the day it came was never seen.
        foreach (Mail mail in Some(1).Where(m => _promised.ContainsKey(m.Id)))
        {
            Delete(mail);
        }

        switch (day % 10)
        {
            case 3:
                _m.Sandbox.ExpireDeltaTokens();
                break;
            case 5:
                string folder = _folders.Keys.ElementAt(1 + _random.Next(_folders.Count - 1));
                _folders[folder] = "Renamed " + day;
                _m.Send("PATCH", "mailFolders/" + folder, "{\"displayName\":\"" + _folders[folder] + "\"}");
                break;
            case 7:
                MakeFolder("Made " + day);
                break;
            case 9:
                // By mistake: nobody wanted that.
                _mailbox.Values.Where(m => _promised.ContainsKey(m.Id)).ToList().ForEach(Delete);
                break;
            default:
                break;
        }
    }

    private void Judge(string file, int day)
    {
        Assert.Empty(new PstChecker(TimeProvider.System).CheckAll(file, new PstCheckOptions(), null, default).Findings);
        string[] content = ChangedMailbox.Content(file);
        string told = string.Join("\n", content);
        if (_judged.TryGetValue(file, out string? before) && before == told)
        {
            return;
        }

        _judged[file] = told;
        if ((s_isFull || day % 10 == 0) && CountWithPffexport(file, Path.Combine(_scratch, $"{Path.GetFileName(file)}-{day}")) is int count)
        {
            Assert.Equal(content.Length, count);
        }
    }

    /// <summary>How many items the other reader exports; null where it is not installed.</summary>
    private static int? CountWithPffexport(string file, string into)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("pffexport", $"-q -m items -t \"{into}\" \"{file}\"") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output + errors.GetAwaiter().GetResult());
            return Directory.EnumerateDirectories(into + ".export", "*", SearchOption.AllDirectories).Count(d => s_item.IsMatch(Path.GetFileName(d)));
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private void Receive(int count)
    {
        for (int i = 0; i < count; i++)
        {
            string subject = "mail " + ++_last;
            string id = _m.Receive(subject, new DateTimeOffset(2020 + (_last % 6), 1 + (_last % 12), 2, 9, 0, 0, TimeSpan.Zero), text: string.Join(" ", Enumerable.Range(_last, 2000)));
            _mailbox.Add(id, new Mail(id) { Subject = subject });
        }
    }

    private void MakeFolder(string name) => _folders.Add(_m.MakeFolder(name), name);

    private void Delete(Mail mail)
    {
        _m.Send("POST", "messages/" + mail.Id + "/permanentDelete");
        _mailbox.Remove(mail.Id);
    }

    private List<Mail> Some(int count) => [.. Enumerable.Range(0, count).Where(_ => _mailbox.Count > 0).Select(_ => _mailbox.Values.ElementAt(_random.Next(_mailbox.Count))).Distinct()];

    private sealed class Mail(string id)
    {
        public string Id { get; } = id;

        public string Subject { get; set; } = "";

        public string Folder { get; set; } = "inbox";
    }
}
