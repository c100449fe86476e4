using System.Globalization;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A mailbox people use, a data file it is exported to again and again, and the journal of that.</summary>
internal sealed class ChangedMailbox : IDisposable
{
    private const int Unthrottled = 10_000;

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-changed-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly SandboxMailbox _sandbox;
    private readonly GraphMailboxConnection _mailbox;
    private readonly HttpClient _person;

    public ChangedMailbox()
    {
        _sandbox = SandboxMailbox.Open(Path.Combine(_folder, "a.mailbox"), new SandboxOptions { Limits = SandboxLimits.Scaled(Unthrottled) });
        MailboxLimits published = new();
        _mailbox = GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = _sandbox.Address,
            IsSignedInUser = true,
            Kind = MailboxKind.Sandbox,
            ClientId = _folder,
            Handler = new Listening(_sandbox.CreateHandler(), Requests),
            Limits = published with { Requests = published.Requests * Unthrottled, UploadBytes = published.UploadBytes * Unthrottled },
        });
        _person = new HttpClient(_sandbox.CreateHandler());
        _person.DefaultRequestHeaders.TryAddWithoutValidation("Prefer", "IdType=\"ImmutableId\"");
    }

    public SandboxMailbox Sandbox => _sandbox;

    /// <summary>How the export is split into a series; null for one file.</summary>
    public PstSplit? Split { get; set; }

    /// <summary>The format of an export that is a tree of files; null for data files.</summary>
    public ItemFormat? Tree { get; set; }

    /// <summary>The files of the export.</summary>
    public IReadOnlyList<string> Files => new PstSeries(File).Find() is { Count: > 0 } files ? files : [File];

    /// <summary>The data file.</summary>
    public string File => Path.Combine(_folder, "a.pst");

    private string TreePath => Path.Combine(_folder, "tree");

    public string JournalFolder => Path.Combine(_folder, "transfers");

    /// <summary>The requests of the last export.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Of these, the ones that open an item.</summary>
    public int Opened => Requests.Count(r => r.StartsWith("GET ", StringComparison.Ordinal) && r.Split('/') is var parts && parts[^2] is "messages" or "contacts" or "events" && parts[^1] != "delta");

    /// <summary>Results of the last export.</summary>
    public List<ItemResult> Results { get; } = [];

    /// <summary>Somebody writes a draft.</summary>
    public string Write(string subject, string folder = "inbox") =>
        Send("POST", "mailFolders/" + folder + "/messages", "{\"subject\":\"" + subject + "\",\"body\":{\"contentType\":\"text\",\"content\":\"text of " + subject + "\"}}");

    /// <summary>Somebody writes a draft that was delivered at a time.</summary>
    /// <param name="subject">Its subject.</param>
    /// <param name="time">The time.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="text">Its text; null for a short one.</param>
    public string Receive(string subject, DateTimeOffset time, string folder = "inbox", string? text = null) => Send("POST", "mailFolders/" + folder + "/messages", JsonSerializer.Serialize(new
    {
        subject,
        body = new { contentType = "text", content = text ?? "text of " + subject },
        singleValueExtendedProperties = new[]
        {
            new { id = "SystemTime 0x0E06", value = time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
        },
    }));

    /// <summary>Somebody makes a folder.</summary>
    public string MakeFolder(string name, string parent = "msgfolderroot") => Send("POST", "mailFolders/" + parent + "/childFolders", "{\"displayName\":\"" + name + "\"}");

    public void Move(string id, string folder) => Send("POST", "messages/" + id + "/move", "{\"destinationId\":\"" + folder + "\"}");

    /// <summary>Somebody does something to the mailbox.</summary>
    /// <returns>The id of what it is done to.</returns>
    public string Send(string method, string path, string? json = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), "https://sandbox.invalid/v1.0/me/" + path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = _person.SendAsync(request).GetAwaiter().GetResult();
        response.EnsureSuccessStatusCode();
        string text = response.Content?.ReadAsStringAsync().GetAwaiter().GetResult() ?? "";
        return text.Length == 0 ? "" : JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>What keys of its items begin with.</summary>
    public async Task<string> StoreKeyAsync()
    {
        IItemSource source = await _mailbox.OpenSourceAsync(null, CancellationToken.None);
        await using (source)
        {
            return source.StoreKey;
        }
    }

    /// <summary>The subjects of what is in a folder of the mailbox.</summary>
    public string[] Subjects(string folder)
    {
        using HttpResponseMessage response = _person.GetAsync("https://sandbox.invalid/v1.0/me/mailFolders/" + folder + "/messages?$select=subject&$top=500").GetAwaiter().GetResult();
        response.EnsureSuccessStatusCode();
        using JsonDocument page = JsonDocument.Parse(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        return [.. page.RootElement.GetProperty("value").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!).OrderBy(s => s, StringComparer.Ordinal)];
    }

    /// <summary>Somebody changes a text in the one file of a tree it stands in; bytes beside it stay.</summary>
    public void EditTree(string was, string now)
    {
        string file = Directory.EnumerateFiles(TreePath, "*", SearchOption.AllDirectories).Single(f => Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(f)).Contains(was, StringComparison.Ordinal));
        System.IO.File.WriteAllBytes(file, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(file)).Replace(was, now, StringComparison.Ordinal)));
    }

    /// <summary>Takes the export back.</summary>
    public async Task<UndoSummary> UndoAsync()
    {
        using PstItemTarget target = PstItemTarget.Open(File);
        TransferPlan plan = new(await StoreKeyAsync(), target.StoreKey) { SourceName = "", TargetName = File };
        return await TransferUndo.RunAsync(plan, target, new UndoRequest(new TransferJournals(JournalFolder)) { IsPermanent = true }, CancellationToken.None);
    }

    /// <summary>Brings the file up to date.</summary>
    public async Task<TransferSummary> ExportAsync(TransferOptions? options = null, Action<ItemResult>? onItem = null, CancellationToken cancellationToken = default)
    {
        if (!System.IO.File.Exists(File))
        {
            using PstFileBuilder builder = PstFileBuilder.Create(File);
            builder.Complete();
        }

        Requests.Clear();
        Results.Clear();
        IItemSource source = await _mailbox.OpenSourceAsync(null, CancellationToken.None);
        await using (source)
        {
            IItemTarget target = Tree is not null ? Tree.OpenTarget(TreePath, new ItemTargetOptions()) : Split is null ? PstItemTarget.Open(File) : PstSeriesTarget.Open(File, Split, "", new PstCreateOptions());
            await using ConfiguredAsyncDisposable closing = target.ConfigureAwait(false);
            TransferRun run = await TransferRun.PlanAsync(
                source, (options ?? new TransferOptions()) with { Journals = new TransferJournals(JournalFolder) }, new Recorder(this, onItem), CancellationToken.None);
            return (await run.RunAsync(target, cancellationToken)).Summary;
        }
    }

    /// <summary>Brings what is in the file back into the mailbox, but for what that has.</summary>
    public async Task<TransferSummary> RestoreAsync()
    {
        IItemTarget target = await _mailbox.OpenTargetAsync(null, CancellationToken.None);
        await using (target)
        {
            IItemSource source = await OpenFileAsync();
            await using (source)
            {
                TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { SkipDuplicates = true }, new SilentObserver(), CancellationToken.None);
                return (await run.RunAsync(target, CancellationToken.None)).Summary;
            }
        }
    }

    /// <summary>Opens the file, or all of the series, to be read.</summary>
    public async Task<IItemSource> OpenFileAsync() => Tree is not null ? Tree.OpenSource(TreePath, new ItemSourceOptions()) : Split is null ? PstItemFormat.Instance.OpenSource(File, new ItemSourceOptions()) : await PstSeriesSource.OpenAsync(Files, new ItemSourceOptions());

    /// <summary>Folder and subject of all items of the file, or of all files of the series.</summary>
    public string[] Content() => [.. Files.SelectMany(Content).OrderBy(i => i, StringComparer.Ordinal)];

    /// <summary>The folders people see in the file, or in any file of the series.</summary>
    public string[] Folders() => [.. Files.SelectMany(Folders).Distinct().OrderBy(f => f, StringComparer.Ordinal)];

    /// <summary>The same of one file.</summary>
    public static string[] Content(string path)
    {
        using PstFile file = PstFile.Open(path);
        return [.. file.EnumerateFolders().SelectMany(f => f.EnumerateItems().Select(i => f.Path + "/" + i.Subject)).OrderBy(i => i, StringComparer.Ordinal)];
    }

    private static string[] Folders(string path)
    {
        using PstFile file = PstFile.Open(path);
        return [.. file.EnumerateFolders().Select(f => f.Path.ToString())];
    }

    public void Dispose()
    {
        _person.Dispose();
        _mailbox.Dispose();
        _sandbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Listening(HttpMessageHandler inner, List<string> requests) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (requests)
            {
                requests.Add(request.Method + " " + request.RequestUri!.AbsolutePath.Replace("()", ""));
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Recorder(ChangedMailbox mailbox, Action<ItemResult>? onItem) : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => throw new InvalidOperationException(folder.Path.ToString(), exception);

        public void OnItem(ItemResult result)
        {
            mailbox.Results.Add(result);
            onItem?.Invoke(result);
        }
    }
}
