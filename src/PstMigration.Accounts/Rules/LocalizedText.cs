using System.Globalization;

namespace PstMigration.Accounts.Rules;

/// <summary>A text of the rules in English and, where it has it, Japanese.</summary>
internal sealed record LocalizedText(string English, string? Japanese)
{
    /// <summary>In the user's language.</summary>
    public string Text => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" && Japanese is not null ? Japanese : English;

    /// <summary>A string, or an object with en and ja.</summary>
    public static LocalizedText Read(JsonField field)
    {
        if (!field.IsObject)
        {
            return new LocalizedText(field.Text(), null);
        }

        field.AllowOnly("en", "ja");
        return new LocalizedText(field.Required("en").Text(), field.Optional("ja")?.Text());
    }
}
