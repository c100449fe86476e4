namespace PstMigration.Transfer;

/// <summary>Fills values into a text of the resources, the way the user's culture writes them.</summary>
internal static class LocalText
{
    public static string Format(string text, params object?[] values) => string.Format(Strings.Culture, text, values);
}
