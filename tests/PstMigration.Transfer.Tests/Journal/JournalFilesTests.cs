using PstMigration.Mapi;
using PstMigration.Tests;
using PstMigration.Storage;
using Xunit;
using static PstMigration.Transfer.Tests.Journal.JournalFixture;

namespace PstMigration.Transfer.Tests.Journal;

public sealed class JournalFilesTests : IDisposable
{
    private readonly JournalFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public void A_journal_is_found_again_by_source_and_target()
    {
        Assert.Empty(_f.Journals.List());
        TransferPlan other = new("pst:0123", "graph:efgh");
        _f.Start().Dispose();
        _f.Journals.Open(other).Dispose();
        _f.Journals.Open(Plan with { SourceName = "moved.pst" }).Dispose();

        Assert.Equal(new[] { _f.FilePath, _f.Journals.PathOf(other) }.OrderBy(p => p, StringComparer.Ordinal), _f.Journals.List());
        Assert.NotEqual(_f.Journals.PathOf(new TransferPlan("a", "bc")), _f.Journals.PathOf(new TransferPlan("ab", "c")));
        using (SqliteJournalReader reader = SqliteJournalReader.Open(_f.FilePath))
        {
            Assert.Equal(Plan with { SourceName = "moved.pst" }, reader.Plan);
        }

        Assert.True(_f.Journals.Remove(Plan));
        Assert.False(_f.Journals.Remove(Plan));
        Assert.Equal([_f.Journals.PathOf(other)], Directory.GetFiles(_f.Journals.Folder));
    }

    [Fact]
    public void The_file_of_another_transfer_or_of_none_is_refused_and_left_alone()
    {
        _f.Journals.Open(new TransferPlan("pst:0123", "graph:efgh")).Dispose();
        File.Move(_f.Journals.List()[0], _f.FilePath);
        Assert.Equal("TransferJournalInvalid", Assert.Throws<TransferException>(() => _f.Open()).Id);

        File.WriteAllText(_f.FilePath, new string('x', 5000));
        Assert.Equal("TransferJournalInvalid", Assert.Throws<TransferException>(() => _f.Open()).Id);
        Assert.Equal("TransferJournalInvalid", Assert.Throws<TransferException>(() => SqliteJournalReader.Open(_f.FilePath)).Id);
        Assert.Equal(5000, new FileInfo(_f.FilePath).Length);

        File.Delete(_f.FilePath);
        Assert.Equal(StorageProblem.Failed, Assert.Throws<StorageException>(() => SqliteJournalReader.Open(_f.FilePath)).Problem);
        Assert.Empty(Directory.GetFiles(_f.Journals.Folder));
    }

    [Theory]
    [InlineData("UPDATE item SET fate = 'Vanished'")]
    [InlineData("UPDATE item SET recorded = -5")]
    [InlineData("UPDATE item SET id = x'05'")]
    [InlineData("UPDATE run SET started = 9223372036854775807")]
    public void Values_that_are_none_are_told_as_damage(string damage)
    {
        using (SqliteJournal journal = _f.Start())
        {
            journal.Add(Item(1));
            journal.Finish();
        }

        using (SqliteDatabase database = SqliteDatabase.Open(_f.FilePath, JournalSchema.For(Plan), SqliteAccess.Alone))
        {
            database.Execute(damage);
        }

        using SqliteJournal again = _f.Open();
        Assert.Equal("FileDamaged", Assert.Throws<StorageException>(() =>
        {
            again.ReadRuns();
            again.Read(JournalQuery.All);
        }).Id);
    }

    [Fact]
    public void Nothing_of_the_mail_is_kept_unless_it_was_asked_for()
    {
        JournalItem secret = Item(1, ItemFate.Failed, losses:
        [
            new ItemLoss(LossKind.AddressUnresolved, "Hanako Yamada /o=Contoso/cn=hanako"), new ItemLoss(LossKind.NestedAttachment, "Vertraulich: Kündigung"),
            new ItemLoss(LossKind.AttachmentTooLarge, "Gehalt.xlsx"), new ItemLoss(LossKind.Attachment, "Vertraulich: Abfindung"), new ItemLoss(LossKind.Field, "0x0E1D"),
        ]) with
        {
            Subject = "Geheimprojekt Ostwind",
            ReasonId = "AttachmentFailed",
            Reason = "The attachment 'Vertraulich: Vertrag' of Geheimprojekt Ostwind to <hanako.yamada@example.jp> or taro@example.jp, could not be added: the property 'sentDateTime' is read-only.",
        };
        using (SqliteJournal journal = _f.Start())
        {
            journal.Add(secret);
            journal.Finish(new MailDataException(TestError.Of("MailboxFull"), "The mailbox 'taro@example.jp' of hanako.yamada@example.jp is full."));
            Assert.Equal(
                "The attachment '…' of … to <…> or …, could not be added: the property 'sentDateTime' is read-only.", journal.Find(secret.Key)!.Reason);
            Assert.Null(journal.Find(secret.Key)!.Subject);
            Assert.Equal(["", "", "", "", "0x0E1D"], journal.Find(secret.Key)!.Losses.Select(l => l.Detail));
        }

        string text = _f.Text();
        Assert.All(new[] { "Geheim", "Vertraulich", "hanako", "Hanako", "Gehalt", "Vertrag" }, word => Assert.DoesNotContain(word, text));

        using SqliteJournal asked = _f.Start(includeSubject: true);
        asked.Add(secret);
        Assert.Equal((secret.Subject, secret.Reason), (asked.Find(secret.Key)!.Subject, asked.Find(secret.Key)!.Reason));
        Assert.Equal(secret.Losses, asked.Find(secret.Key)!.Losses);
    }

#if NET
    [Fact]
    public void Only_the_owner_may_look()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        using SqliteJournal journal = _f.Start();
        journal.Add(Item(1));
        journal.Flush();

#pragma warning disable CA1416
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_f.Journals.Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_f.FilePath));
#pragma warning restore CA1416
    }
#endif
}
