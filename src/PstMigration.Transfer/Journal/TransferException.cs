using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>A transfer cannot be begun or looked at.</summary>
public sealed class TransferException : MailDataException
{
    private TransferException(ErrorId error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }

    internal static TransferException InUse(TransferPlan plan, Exception cause) =>
        new(TransferErrorIds.TransferInUse, LocalText.Format(Strings.TransferInUse, plan.SourceName, plan.TargetName), cause);

    internal static TransferException JournalInvalid(string path, Exception? cause) =>
        new(TransferErrorIds.TransferJournalInvalid, LocalText.Format(Strings.TransferJournalInvalid, path), cause);

    internal static TransferException LogNotOurs(string path) => new(TransferErrorIds.LogNotOurs, LocalText.Format(Strings.LogNotOurs, path));

    internal static TransferException UndoNotSupported(TransferPlan plan) =>
        new(TransferErrorIds.UndoNotSupported, LocalText.Format(Strings.UndoNotSupported, plan.TargetName));

    /// <summary>What opening a journal that cannot be opened is called here; null where the error says it as well.</summary>
    internal static TransferException? From(StorageException e, string path) => e.Problem switch
    {
        StorageProblem.NotRecognized or StorageProblem.TooNew or StorageProblem.Damaged => JournalInvalid(path, e),
        _ => null,
    };
}
