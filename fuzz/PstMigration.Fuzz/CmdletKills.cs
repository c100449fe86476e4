using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PstMigration.Fuzz;

/// <summary>
/// Kills a real PowerShell while one of the cmdlets of a transfer works, again and again on the same target, and lets the last one finish: every item has to be there
/// once, and nothing may be left behind.
/// </summary>
internal static class CmdletKills
{
    private const int Items = 120;
    private const int MostKills = 6;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);
    private static readonly string[] s_leftEnds = ["-wal", "-shm", "-journal"];

    private static readonly string[] s_formats = ["Eml", "Mbox", "Maildir", "Html", "Text", "Json", "Csv"];

    private static readonly Transfer[] s_transfers =
    [
        new("Import-PstItem", "Import-PstItem mail a.pst", "(Get-PstItem a.pst).Count", "mail"),
        new("Import-PstItem of .pst", "Import-PstItem source.pst a.pst", "(Get-PstItem a.pst).Count"),
        .. s_formats.Select(f => new Transfer("Export " + f, $"Export-PstItem source.pst -Destination out -Format {f}{(f == "Csv" ? " -Force" : "")}", CountOf(f))),
        new("Export attachments", "Export-PstItem source.pst -Destination out -AttachmentOnly", "(Get-ChildItem out -Recurse -File -Filter *.bin).Count"),
        new("Import-PstToMailbox", "Import-PstToMailbox source.pst -Mailbox $m", "(Get-MsMailboxFolder -Mailbox $m | Measure-Object ItemCount -Sum).Sum"),
        new("Export-MailboxToPst", "Export-MailboxToPst -Mailbox $m -Path down.pst", "(Get-PstItem down.pst).Count", "full.mailbox"),
        .. new[] { "Pst", "Eml", "Mbox", "Maildir", "Html" }.Select(f => new Transfer(
            "Backup " + f,
            "Start-MailboxBackup n",
            f == "Pst" ? "(Get-PstItem saved/n/n.pst).Count" : CountOf(f).Replace("out ", "saved/n/n ", StringComparison.Ordinal),
            "full.mailbox",
            $"if (-not (Get-MailboxBackup)) {{ $null = Register-MailboxBackup n $m saved -Format {f} -Scheduler None -Force }}; Disconnect-MsMailbox $m; $m = $null")),
    ];

    /// <summary>Kills so many times; 0 where nothing was wrong.</summary>
    public static int Kill(int seed, int times, string shell)
    {
        Random random = new(seed);
        string root = Directory.CreateTempSubdirectory("cmdlet-kills").FullName;
        Prepare(root, shell);
        Dictionary<string, (int Kills, int Ends, double Longest)> done = s_transfers.ToDictionary(t => t.Name, _ => (0, 0, 0.5));
        int kills = 0, failures = 0;
        for (int state = seed % s_transfers.Length; kills < times; state++)
        {
            Transfer transfer = s_transfers[state % s_transfers.Length];
            string folder = NewState(root, state, transfer);
            int here = 1 + random.Next(MostKills);
            (int all, int ends, double longest) = done[transfer.Name];
            for (int i = 0; i < here; i++)
            {
                ends += RunAndKill(shell, folder, transfer, TimeSpan.FromSeconds(random.NextDouble() * longest * 1.1)) ? 0 : 1;
            }

            kills += here;
            string? wrong = Finish(shell, folder, transfer, ref longest);
            done[transfer.Name] = (all + here, ends, longest);
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine($"FAILURE {transfer.Name} {folder}: {wrong}");
                continue;
            }

            Directory.Delete(folder, recursive: true);
        }

        foreach ((string name, (int all, int ends, double longest)) in done)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: kills={all} ended_before={ends} seconds={longest:F2}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cmdlet-kill seed={seed} kills={kills} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    // Some attachments are so large that they are kept in temporary files on the way.
    private static void Prepare(string root, string shell)
    {
        byte[] large = new byte[300_000];
        new Random(1).NextBytes(large);
        for (int i = 0; i < Items; i++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, "mail", "Folder " + (i % 4), i % 3 == 0 ? "deeper" : "")).FullName;
            byte[] attached = i % 10 == 0 ? large : large[..(1 + (i * 13))];
            File.WriteAllText(Path.Combine(folder, i + ".eml"), $"""
                From: a{i}@example.com
                To: b@example.com
                Subject: Item {i}
                Date: Mon, 5 Jan 2026 08:{i % 60:D2}:00 +0000
                Message-ID: <{i}@example.com>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                Text {i}
                --b
                Content-Type: application/octet-stream; name={i}.bin
                Content-Disposition: attachment; filename={i}.bin
                Content-Transfer-Encoding: base64

                {Convert.ToBase64String(attached, Base64FormattingOptions.InsertLineBreaks)}
                --b--

                """);
        }

        string made = Run(shell, root, "Import-PstItem mail -Destination source.pst | Out-Null; $m = Connect-MsMailbox -Sandbox full.mailbox -NoThrottling; "
            + "Import-PstToMailbox source.pst -Mailbox $m | Out-Null; Disconnect-MsMailbox $m; 'MADE ' + (Get-PstItem source.pst).Count", kill: null).Output;
        if (!made.Contains("MADE " + Items, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(made);
        }
    }

    // What counts the items in a tree of files below "out".
    private static string CountOf(string format) => format switch
    {
        "Mbox" => "(Get-ChildItem out -Recurse -File -Filter *.mbox | Select-String '^Message-ID:').Count",
        "Maildir" => "(Get-ChildItem out -Recurse -Force -File | Where-Object { $_.Directory.Name -in 'cur', 'new' }).Count",
        "Html" => "(Get-ChildItem out -Recurse -File -Filter *.html | Where-Object Name -ne index.html).Count",
        "Text" => "(Get-ChildItem out -Recurse -File -Filter *.txt).Count",
        "Csv" => "@(Get-ChildItem out -Recurse -Filter *.csv | Import-Csv).Count",
        _ => $"(Get-ChildItem out -Recurse -File -Filter *.{format.ToLowerInvariant()}).Count",
    };

    private static string NewState(string root, int number, Transfer transfer)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "state-" + number)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "temporary"));
        switch (transfer.Source)
        {
            case "mail":
                Directory.CreateSymbolicLink(Path.Combine(folder, "mail"), Path.Combine(root, "mail"));
                break;
            case "full.mailbox":
                File.Copy(Path.Combine(root, "full.mailbox"), Path.Combine(folder, "box.mailbox"));
                break;
            default:
                File.Copy(Path.Combine(root, transfer.Source), Path.Combine(folder, transfer.Source));
                break;
        }

        return folder;
    }

    private static bool RunAndKill(string shell, string folder, Transfer transfer, TimeSpan delay) =>
        Run(shell, folder, Script(transfer, transfer.Command), delay).IsKilled;

    /// <summary>One run that is let be, and another that must find all of it.</summary>
    private static string? Finish(string shell, string folder, Transfer transfer, ref double longest)
    {
        string script = $$"""
            {{Script(transfer, "$r = " + transfer.Command)}}
            'RESULT {0} {1}' -f ($r.Copied + $r.AlreadyThere), ($r.Skipped + $r.Failed + $r.Unsure)
            $r = {{transfer.Command}}
            'AGAIN {0} {1}' -f $r.Copied, $r.AlreadyThere
            'COUNT {0}' -f ({{transfer.Count}})
            if ($m) { Disconnect-MsMailbox $m }
            """;
        (string output, double seconds, _) = Run(shell, folder, script, kill: null);
        longest = Math.Max(longest, seconds);
        bool isAgain = transfer.Command.Contains("-Force", StringComparison.Ordinal);
        string[] expected = [$"RESULT {Items} 0", isAgain ? $"AGAIN {Items} 0" : $"AGAIN 0 {Items}", $"COUNT {Items}"];
        string? missing = expected.FirstOrDefault(e => !output.Contains(e + Environment.NewLine, StringComparison.Ordinal));
        string[] left = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(IsLeft)];
        string journals = Path.Combine(folder, "data", "transfers");
        string[] states = Directory.Exists(journals) ? [.. Directory.EnumerateFiles(journals)] : [];
        return missing is not null ? $"not \"{missing}\" but {output}"
            : left.Length > 0 ? "left behind: " + string.Join(", ", left.Take(10))
            : states.Length > 1 ? "more than one state file: " + string.Join(", ", states)
            : null;
    }

    private static bool IsLeft(string path) =>
        Path.GetExtension(path) is ".partial" or ".lock" or ".whole"
        || s_leftEnds.Any(e => path.EndsWith(e, StringComparison.Ordinal))
        || path.Contains("PstMigration-", StringComparison.Ordinal)
        || path.Contains(".working", StringComparison.Ordinal);

    private static string Script(Transfer transfer, string command) =>
        (transfer.Source == "full.mailbox" || command.Contains("$m", StringComparison.Ordinal) ? "$m = Connect-MsMailbox -Sandbox box.mailbox -NoThrottling\n" : "")
        + transfer.Before + "\n[Console]::Out.WriteLine('READY'); [Console]::Out.Flush()\n" + command + "\n[Console]::Out.WriteLine('DONE'); [Console]::Out.Flush()";

    private static (string Output, double Seconds, bool IsKilled) Run(string shell, string folder, string script, TimeSpan? kill)
    {
        string module = Path.GetFullPath("out/PstMigration/PstMigration.psd1");
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(shell, ["-NoProfile", "-NonInteractive", "-Command", $"Import-Module '{module}'; {script}"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process.StartInfo.Environment["TMPDIR"] = Directory.Exists(Path.Combine(folder, "temporary")) ? Path.Combine(folder, "temporary") : folder;
        process.StartInfo.Environment["PSTMIGRATION_DATA"] = Path.Combine(folder, "data");
        process.StartInfo.Environment["NO_COLOR"] = "1";
        StringBuilder output = new();
        double ready = 0, done = 0;
        using ManualResetEventSlim began = new();
        Stopwatch watch = Stopwatch.StartNew();
        void Take(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
                ready = line == "READY" ? watch.Elapsed.TotalSeconds : ready;
                done = line == "DONE" ? watch.Elapsed.TotalSeconds : done;
            }

            if (line == "READY")
            {
                began.Set();
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();

        // With -Command PowerShell takes what comes there as input, and waits for its end.
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool isKilled = false;
        if (kill is TimeSpan delay)
        {
            began.Wait(s_patience);
            isKilled = !process.WaitForExit(delay);
            process.Kill();
        }
        else if (!process.WaitForExit(s_patience))
        {
            process.Kill();
            return ("endless: " + output, 0, true);
        }

        process.WaitForExit();
        return (output.ToString(), Math.Max(0, done - ready), isKilled);
    }

    /// <summary>What is killed.</summary>
    /// <param name="Name">Its name in the figures.</param>
    /// <param name="Command">The command; $m is the mailbox in box.mailbox.</param>
    /// <param name="Count">What counts the items of its target.</param>
    /// <param name="Source">What it copies.</param>
    /// <param name="Before">What comes before it and is not killed.</param>
    private sealed record Transfer(string Name, string Command, string Count, string Source = "source.pst", string Before = "");
}
