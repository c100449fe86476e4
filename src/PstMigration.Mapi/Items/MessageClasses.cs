namespace PstMigration.Mapi;

/// <summary>How message classes are compared: without case, by whole dotted parts.</summary>
public static class MessageClasses
{
    /// <summary>Whether <paramref name="messageClass"/> is <paramref name="family"/> or one below it.</summary>
    public static bool IsOfClass(string messageClass, string family)
    {
        if (messageClass is null || family is null)
        {
            throw new ArgumentNullException(messageClass is null ? nameof(messageClass) : nameof(family));
        }

        return messageClass.StartsWith(family, StringComparison.OrdinalIgnoreCase)
            && (messageClass.Length == family.Length || messageClass[family.Length] == '.');
    }
}
