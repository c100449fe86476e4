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
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>What is killed: its name, the command, and what counts the items of its target.</summary>
    private static readonly (string Name, string Command, string Count)[] s_transfers =
    [
        ("Import-PstItem", "Import-PstItem mail -Destination a.pst", "(Get-PstItem a.pst).Count"),
        ("Export Eml", "Export-PstItem source.pst -Destination out -Format Eml", "(Get-ChildItem out -Recurse -File -Filter *.eml).Count"),
        ("Export Mbox", "Export-PstItem source.pst -Destination out -Format Mbox", "(Get-ChildItem out -Recurse -File -Filter *.mbox | Select-String '^Message-ID:').Count"),
        ("Export Maildir", "Export-PstItem source.pst -Destination out -Format Maildir", "(Get-ChildItem out -Recurse -Force -File | Where-Object { $_.Directory.Name -in 'cur', 'new' }).Count"),
        ("Export Html", "Export-PstItem source.pst -Destination out -Format Html", "(Get-ChildItem out -Recurse -File -Filter *.html | Where-Object Name -ne index.html).Count"),
        ("Export Text", "Export-PstItem source.pst -Destination out -Format Text", "(Get-ChildItem out -Recurse -File -Filter *.txt).Count"),
        ("Export Json", "Export-PstItem source.pst -Destination out -Format Json", "(Get-ChildItem out -Recurse -File -Filter *.json).Count"),
        ("Export Csv", "Export-PstItem source.pst -Destination out -Format Csv -Force", "@(Get-ChildItem out -Recurse -Filter *.csv | Import-Csv).Count"),
        ("Export attachments", "Export-PstItem source.pst -Destination out -AttachmentOnly", "(Get-ChildItem out -Recurse -File -Filter *.bin).Count"),
        ("Import-PstToMailbox", "Import-PstToMailbox source.pst -Mailbox $m", "(Get-MsMailboxFolder -Mailbox $m | Measure-Object ItemCount -Sum).Sum"),
        ("Export-MailboxToPst", "Export-MailboxToPst -Mailbox $m -Path down.pst", "(Get-PstItem down.pst).Count"),
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
            (string name, string command, string count) = s_transfers[state % s_transfers.Length];
            string folder = NewState(root, state, command);
            int here = 1 + random.Next(MostKills);
            (int all, int ends, double longest) = done[name];
            for (int i = 0; i < here; i++)
            {
                ends += RunAndKill(shell, folder, command, TimeSpan.FromSeconds(random.NextDouble() * longest * 1.1)) ? 0 : 1;
            }

            kills += here;
            string? wrong = Finish(shell, folder, command, count, ref longest);
            done[name] = (all + here, ends, longest);
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine($"FAILURE {name} {folder}: {wrong}");
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

    private static string NewState(string root, int number, string command)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "state-" + number)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "temporary"));
        if (command.StartsWith("Import-PstItem", StringComparison.Ordinal))
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "mail"), Path.Combine(root, "mail"));
        }
        else if (command.StartsWith("Export-MailboxToPst", StringComparison.Ordinal))
        {
            File.Copy(Path.Combine(root, "full.mailbox"), Path.Combine(folder, "box.mailbox"));
        }
        else
        {
            File.Copy(Path.Combine(root, "source.pst"), Path.Combine(folder, "source.pst"));
        }

        return folder;
    }

    private static bool RunAndKill(string shell, string folder, string command, TimeSpan delay) => Run(shell, folder, Script(command), delay).IsKilled;

    /// <summary>One run that is let be, and another that must find all of it.</summary>
    private static string? Finish(string shell, string folder, string command, string count, ref double longest)
    {
        string script = $$"""
            {{Script($"$r = {command}")}}
            'RESULT {0} {1} {2}' -f $r.Read, ($r.Copied + $r.AlreadyThere), ($r.Skipped + $r.Failed + $r.Unsure)
            $r = {{command}}
            'AGAIN {0} {1} {2}' -f $r.Read, $r.Copied, $r.AlreadyThere
            'COUNT {0}' -f ({{count}})
            if ($m) { Disconnect-MsMailbox $m }
            """;
        (string output, double seconds, _) = Run(shell, folder, script, kill: null);
        longest = Math.Max(longest, seconds);
        bool isAgain = command.Contains("-Force", StringComparison.Ordinal);
        string[] expected =
        [
            $"RESULT {Items} {Items} 0", isAgain ? $"AGAIN {Items} {Items} 0" : $"AGAIN {Items} 0 {Items}", $"COUNT {Items}",
        ];
        string? missing = expected.FirstOrDefault(e => !output.Contains(e + Environment.NewLine, StringComparison.Ordinal));
        string[] left = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(IsLeft)];
        return missing is not null ? $"not \"{missing}\" but {output}"
            : left.Length > 0 ? "left behind: " + string.Join(", ", left.Take(10))
            : null;
    }

    private static bool IsLeft(string path) =>
        Path.GetExtension(path) is ".partial" or ".lock" or ".whole" or "-wal" or "-shm" || path.EndsWith("-journal", StringComparison.Ordinal)
        || path.Contains("PstMigration-", StringComparison.Ordinal);

    private static string Script(string command) => (command.Contains("$m", StringComparison.Ordinal) ? "$m = Connect-MsMailbox -Sandbox box.mailbox -NoThrottling\n" : "")
        + "[Console]::Out.WriteLine('READY'); [Console]::Out.Flush()\n" + command + "\n[Console]::Out.WriteLine('DONE'); [Console]::Out.Flush()";

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
}
