using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Transfer;

namespace PstMigration.Fuzz;

/// <summary>
/// Kills a process that makes one sandbox mailbox after the other and records items in a journal, so that many kills meet a first start. Every file has to open, and
/// what was told to be written has to be there.
/// </summary>
internal static class StorageKills
{
    private const int MaxDelay = 400;
    private const int ItemsEach = 300;
    private static readonly Uri s_graph = new("https://graph.microsoft.com/v1.0/");
    private static readonly TransferPlan s_plan = new("pst:fuzz", "graph:fuzz") { SourceName = "fuzz.pst", TargetName = "fuzz" };

    /// <summary>Kills so many times; 0 where nothing was wrong.</summary>
    public static int Kill(int seed, int times)
    {
        Random random = new(seed);
        int failures = 0, mailboxes = 0, unfinished = 0;
        long items = 0;
        for (int i = 0; i < times; i++)
        {
            string folder = Directory.CreateTempSubdirectory("storage-kills").FullName;
            int told = RunAndKill(folder, random);
            string[] files = Directory.GetFiles(folder, "*.mailbox");
            mailboxes += files.Length;
            unfinished += Math.Max(0, files.Length - told);
            string? wrong = files.Select(f => Check(f, MustHold(f, told))).FirstOrDefault(w => w is not null) ?? CheckJournal(folder, told, ref items);
            if (wrong is not null)
            {
                failures++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILURE kill={i} {folder}: {wrong}"));
                continue;
            }

            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"storage-kill seed={seed} kills={times} mailboxes={mailboxes} unfinished={unfinished} journal_items={items} failures={failures}"));
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Makes mailboxes and records items until it is killed; tells each when it is done.</summary>
    public static int Write(string folder)
    {
        using SqliteJournal journal = SqliteJournal.Open(Path.Combine(folder, "a.transfer"), s_plan);
        journal.Start("");
        for (int i = 0; ; i++)
        {
            using (SandboxMailbox mailbox = SandboxMailbox.Open(Path.Combine(folder, i.ToString("D5", CultureInfo.InvariantCulture) + ".mailbox")))
            {
                using HttpClient client = new(mailbox.CreateHandler()) { BaseAddress = s_graph };
                using StringContent body = new("""{"subject":"kept"}""", Encoding.UTF8, "application/json");
                client.PostAsync("me/messages", body).GetAwaiter().GetResult().EnsureSuccessStatusCode();
            }

            for (int item = 0; item < ItemsEach; item++)
            {
                journal.Add(new JournalItem(new ItemKey(s_plan.Source, string.Create(CultureInfo.InvariantCulture, $"{i}/{item}")), FolderPath.Parse("Inbox"), ItemFate.Copied)
                {
                    Losses = item % 3 == 0 ? [new ItemLoss(LossKind.Field, "x")] : [],
                });
            }

            journal.Flush();
            Console.WriteLine(i + 1);
        }
    }

    private static int MustHold(string file, int told) =>
        int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture) < told ? 1 : 0;

    private static int RunAndKill(string folder, Random random)
    {
        int told = 0;
        using ManualResetEventSlim began = new();
        using Process writer = new();
        writer.StartInfo = new ProcessStartInfo(Environment.ProcessPath!, ["storage-write", folder]) { RedirectStandardOutput = true };
        writer.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null)
            {
                told = int.Parse(e.Data, CultureInfo.InvariantCulture);
                began.Set();
            }
        };
        writer.Start();
        writer.BeginOutputReadLine();

        // Now and then while it makes its first files.
        if (random.Next(4) > 0)
        {
            began.Wait(TimeSpan.FromSeconds(60));
        }

        Thread.Sleep(random.Next(MaxDelay));
        writer.Kill();
        writer.WaitForExit();
        return told;
    }

    private static string? Check(string path, int least)
    {
        try
        {
            using SandboxMailbox mailbox = SandboxMailbox.Open(path);
            using HttpClient client = new(mailbox.CreateHandler()) { BaseAddress = s_graph };
            int messages = int.Parse(client.GetStringAsync("me/messages/$count").GetAwaiter().GetResult(), CultureInfo.InvariantCulture);
            string inbox = client.GetStringAsync("me/mailFolders/inbox").GetAwaiter().GetResult();
            return messages < least ? "A message that was answered is gone." : inbox.Contains("Inbox", StringComparison.Ordinal) ? null : "There is no inbox.";
        }
        catch (Exception e) when (e is MailDataException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private static string? CheckJournal(string folder, int told, ref long items)
    {
        string path = Path.Combine(folder, "a.transfer");
        if (!File.Exists(path))
        {
            return told > 0 ? "The journal is gone." : null;
        }

        try
        {
            using SqliteJournal journal = SqliteJournal.Open(path, s_plan);
            JournalCounts counts = journal.Count(JournalQuery.All);
            items += counts.Items;
            long losses = counts.Losses.Values.Sum();
            return counts.Items < (long)told * ItemsEach ? "Items that were flushed are gone."
                : counts.Items % ItemsEach == 0 && losses != counts.Items / 3 ? "Losses are not those of the items."
                : null;
        }
        catch (MailDataException e)
        {
            return e.Message;
        }
    }
}
