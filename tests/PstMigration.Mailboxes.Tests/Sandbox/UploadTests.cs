using System.Net;
using System.Net.Http;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Upload sessions that are interrupted: they go on from the byte the service expects, and each attachment is there once.</summary>
public sealed class UploadTests
{
    private const string Pieces = "attachmentSessions";
    private const int Length = (2 * SizeLimits.Chunk) + 17;

    private static readonly byte[] s_bytes = Items.Bytes(Length);

    /// <summary>Which of three pieces is struck, how, and whether it has arrived.</summary>
    public static TheoryData<int, string, bool> Interruptions { get; } =
        [.. from piece in Enumerable.Range(0, 3) from kind in new[] { "lost", "503", "cut", "answerLost", "answer500" } from says in new[] { true, false } select (piece, kind, says)];

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task An_interrupted_upload_goes_on_where_it_was(int piece, string kind, bool saysWhatItExpects)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { AnswersUploadStatus = saysWhatItExpects });
        sandbox.Mailbox.Faults.Add(Fault(kind) with { Method = "PUT", Path = Pieces, Skip = piece });

        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", s_bytes)]));

        Assert.Equal(0, sandbox.Mailbox.Faults.Pending);
        Assert.Equal(s_bytes, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.ToArray());
        Assert.Equal(1, Sessions(sandbox));
        bool arrived = kind.StartsWith("answer", StringComparison.Ordinal);
        Assert.Equal(arrived && saysWhatItExpects ? 3 : 4, Sent(sandbox, "PUT "));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_expires_meanwhile_is_begun_anew(bool saysWhatItExpects)
    {
        using SandboxFixture sandbox = new(
            new SandboxBehaviour { AnswersUploadStatus = saysWhatItExpects },
            new SandboxOptions { VisibilityDelay = TimeSpan.Zero, UploadSessionLifetime = TimeSpan.FromMinutes(1) });
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = Pieces, Skip = 1, RetryAfter = TimeSpan.FromMinutes(3) });

        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", s_bytes)]));

        Assert.Equal(s_bytes, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.ToArray());
        Assert.Equal(2, Sessions(sandbox));
    }

    /// <summary>Something on the way may say yes to a request it has not passed on.</summary>
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(0, true, false)]
    [InlineData(0, false, true)]
    [InlineData(0, false, false)]
    [InlineData(2, true, true)]
    [InlineData(2, true, false)]
    [InlineData(2, false, true)]
    [InlineData(2, false, false)]
    public async Task A_yes_that_says_nothing_is_not_believed(int piece, bool arrives, bool saysWhatItExpects)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { AnswersUploadStatus = saysWhatItExpects }) { Between = h => new YesHandler(piece, arrives) { InnerHandler = h } };

        await sandbox.ImportAsync(Items.Mail(attachments: [Items.File("a.bin", s_bytes)]));

        Assert.Equal(s_bytes, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.ToArray());
        Assert.Equal(1, Sessions(sandbox));
    }

    [Fact]
    public async Task A_session_that_gets_nowhere_is_cancelled()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = Pieces, Skip = 1, Times = 1000 });

        WriteResult result = await sandbox.WriteAsync(target, inbox, Items.Mail(attachments: [Items.File("a.bin", s_bytes)]), Items.Provenance());

        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (result.Fate, result.ReasonId));
        Assert.Empty(await sandbox.ExportAsync());
        Assert.Equal(2, Sessions(sandbox));
        Assert.Equal(2, sandbox.Trace.Count(l => l.StartsWith("DELETE ", StringComparison.Ordinal) && l.Contains("/...", StringComparison.Ordinal) && l.Contains("-> 204", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_that_is_stopped_cancels_its_session_and_the_next_one_completes_the_item()
    {
        using SandboxFixture sandbox = new();
        using CancellationTokenSource stop = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        MapiItem item = Items.Mail(attachments: [Items.File("a.bin", s_bytes)]);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Path = Pieces, Skip = 1, StatusCode = 200, Delay = TimeSpan.FromMinutes(1) });
        Task<WriteResult> write = target.WriteAsync(inbox, item, Items.Provenance(), stop.Token);
        await sandbox.Time.RunAsync(Task.Run(async () =>
        {
            while (sandbox.Mailbox.Faults.Pending > 0)
            {
                await Task.Delay(5);
            }
        }), TimeSpan.FromMilliseconds(1));

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Time.RunAsync(write));
        Assert.Contains(sandbox.Trace, l => l.StartsWith("DELETE ", StringComparison.Ordinal) && l.Contains("-> 204", StringComparison.Ordinal));
        await sandbox.ImportAsync(item);
        Assert.Equal(s_bytes, Assert.Single(Assert.Single(await sandbox.ExportAsync()).Item.Attachments).Content!.ToArray());
    }

    [Fact]
    public async Task An_attachment_that_cannot_be_read_on_cancels_its_session()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder inbox = await sandbox.OpenAsync(target, "Inbox", FolderRole.Inbox);
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, 1);
        p.Set(PropertyTags.AttachLongFilename, "short.bin");
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new ShortSource(s_bytes));

        WriteResult result = await sandbox.WriteAsync(target, inbox, Items.Mail(attachments: [new MapiAttachment(p)]), Items.Provenance());

        Assert.Equal((ItemFate.Failed, "AttachmentFailed"), (result.Fate, result.ReasonId));
        Assert.Contains(sandbox.Trace, l => l.StartsWith("DELETE ", StringComparison.Ordinal) && l.Contains("/...", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"nextExpectedRanges":["5"]}""", 5L)]
    [InlineData("""{"NextExpectedRanges":["0-"]}""", 0L)]
    [InlineData("""{"nextExpectedRanges":["3-9","20-29"]}""", 3L)]
    [InlineData("""{"nextExpectedRanges":["10"]}""", 10L)]
    [InlineData("""{"nextExpectedRanges":["11"]}""", null)]
    [InlineData("""{"nextExpectedRanges":["-5"]}""", null)]
    [InlineData("""{"nextExpectedRanges":[]}""", null)]
    [InlineData("""{"nextExpectedRanges":[5]}""", null)]
    [InlineData("""{"nextExpectedRanges":"5"}""", null)]
    [InlineData("[]", null)]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public async Task What_a_session_expects_is_read_out_of_any_answer(string json, long? expected)
    {
        using HttpResponseMessage response = new() { Content = new StringContent(json) };

        Assert.Equal(expected, await UploadStatus.ReadAsync(response, 10));
    }

    private static SandboxFault Fault(string kind) => kind switch
    {
        "lost" => new SandboxFault { StatusCode = null },
        "503" => new SandboxFault { RetryAfter = TimeSpan.FromSeconds(10) },
        "cut" => new SandboxFault { CutsRequest = true },
        "answerLost" => new SandboxFault { StatusCode = null, Point = SandboxFaultPoint.AfterCommit },
        _ => new SandboxFault { StatusCode = 500, Point = SandboxFaultPoint.AfterCommit },
    };

    private static int Sessions(SandboxFixture sandbox) => sandbox.Trace.Count(l => l.Contains("/createUploadSession", StringComparison.Ordinal));

    private static int Sent(SandboxFixture sandbox, string what) => sandbox.Trace.Count(l => l.StartsWith(what, StringComparison.Ordinal));

    /// <summary>Answers one piece with 200 and nothing else.</summary>
    private sealed class YesHandler(int piece, bool arrives) : DelegatingHandler
    {
        private int _seen;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isMeant = request.Method == HttpMethod.Put && _seen++ == piece;
            if (!isMeant || arrives)
            {
                HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
                if (!isMeant)
                {
                    return answer;
                }

                answer.Dispose();
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }
    }

    /// <summary>Says that it is longer than it is.</summary>
    private sealed class ShortSource(byte[] bytes) : BinarySource
    {
        public override long? Length => bytes.Length + 1000;

        public override Stream OpenRead() => new MemoryStream(bytes, writable: false);
    }
}
