using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// A message about a run that did not save everything, in the Inbox of the mailbox that is saved. It is put there as imported mail is, and not sent: that takes no right the backup's sign-in might not have
/// (Mail.ReadWrite, never Mail.Send), no server, and goes to nobody else.
/// </summary>
/// <param name="ends">Opens the mailbox.</param>
internal sealed class BackupMail(IBackupEnds ends)
{
    private const int DaysBetweenEqual = 7;

    /// <summary>Whether a run is to be told of: the first that did not save everything, one that ended otherwise than the one before, and after that each week.</summary>
    public static bool IsDue(BackupPlan plan, BackupStatus before, BackupOutcome outcome, string? error, DateTimeOffset now) =>
        plan.MailOnFailure && outcome is BackupOutcome.Warning or BackupOutcome.Failed
        && (before.LastMail is not DateTimeOffset last || before.Outcome != outcome || before.Error != error || now - last >= TimeSpan.FromDays(DaysBetweenEqual));

    /// <summary>Puts it there.</summary>
    /// <exception cref="MailDataException">The mailbox cannot be reached, or takes nothing.</exception>
    public async Task PutAsync(BackupPlan plan, BackupStatus status, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IBackupMailbox mailbox = await ends.OpenMailboxAsync(plan.Connection, cancellationToken).ConfigureAwait(false);
        await using (mailbox.ConfigureAwait(false))
        {
            MapiItem item = Write(plan, status, now);
            ItemKey key = new("backup:" + plan.Name, now.UtcDateTime.ToString("o", CultureInfo.InvariantCulture));
            ItemProvenance provenance = new(key, null, ItemDigester.Content(item, cancellationToken), FolderPath.Root, ItemIdentity.Of(item));
            TargetFolder inbox = await mailbox.Target.OpenFolderAsync(FolderPath.Parse("Inbox"), FolderRole.Inbox, FolderClasses.Mail, cancellationToken).ConfigureAwait(false);
            using PreparedItem prepared = await mailbox.Target.PrepareAsync(inbox, item, provenance, cancellationToken).ConfigureAwait(false);
            WriteResult written = await mailbox.Target.CommitAsync(prepared, cancellationToken).ConfigureAwait(false);
            if (written.Fate is not (ItemFate.Copied or ItemFate.AlreadyThere))
            {
                throw new MailDataException(TransferErrorIds.ItemNotCopied, written.Reason ?? written.Fate.ToString());
            }

            await mailbox.Target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static MapiItem Write(BackupPlan plan, BackupStatus status, DateTimeOffset now)
    {
        string body = LocalText.Format(
            Strings.BackupMailBody, string.Join("\r\n", status.Messages), plan.Connection.Mailbox, Environment.MachineName, Time(status.LastRun), Time(status.LastSuccess), plan.Name);
        MapiItem item = new();
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Note");
        item.Properties.Set(PropertyTags.Subject, LocalText.Format(status.Outcome == BackupOutcome.Failed ? Strings.BackupMailFailed : Strings.BackupMailWarning, plan.Name));
        item.Properties.Set(PropertyTags.Body, body);
        item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.None);
        item.Properties.Set(PropertyTags.Importance, (int)ItemImportance.High);
        item.Properties.Set(PropertyTags.ClientSubmitTime, now);
        item.Properties.Set(PropertyTags.MessageDeliveryTime, now);
        item.Properties.Set(PropertyTags.InternetMessageId, "<" + Guid.NewGuid().ToString("N") + "@backup.pstmigration.invalid>");
        item.Properties.Set(PropertyTags.SenderName, "PstMigration");
        item.Properties.Set(PropertyTags.SenderAddressType, "SMTP");
        item.Properties.Set(PropertyTags.SenderEmailAddress, plan.Connection.Mailbox);
        item.Properties.Set(PropertyTags.SenderSmtpAddress, plan.Connection.Mailbox);
        MapiRecipient owner = new();
        owner.Properties.Set(PropertyTags.RecipientType, (int)RecipientKind.To);
        owner.Properties.Set(PropertyTags.DisplayName, plan.Connection.Mailbox);
        owner.Properties.Set(PropertyTags.AddressType, "SMTP");
        owner.Properties.Set(PropertyTags.EmailAddress, plan.Connection.Mailbox);
        owner.Properties.Set(PropertyTags.SmtpAddress, plan.Connection.Mailbox);
        item.Recipients.Add(owner);
        return item;
    }

    private static string Time(DateTimeOffset? time) => time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture) ?? "-";
}
