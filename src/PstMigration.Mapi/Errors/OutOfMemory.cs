namespace PstMigration.Mapi;

/// <summary>Says of which item the memory did not suffice for, so that nobody has to catch what might as well be a fault of the program.</summary>
public static class OutOfMemory
{
    /// <summary>The exception that tells it.</summary>
    public static MailDataException Explain(OutOfMemoryException exception) => new(FileErrorIds.ItemTooLarge, Strings.ItemTooLarge, exception);

    /// <summary>Does something with an item.</summary>
    /// <exception cref="MailDataException">ItemTooLarge, where memory does not suffice.</exception>
    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return (work ?? throw new ArgumentNullException(nameof(work)))();
        }
        catch (OutOfMemoryException e)
        {
            throw Explain(e);
        }
    }
}
