using System.Text;

namespace PstMigration.Mapi;

/// <summary>Text every encoding can hold.</summary>
public static class WellFormedText
{
    /// <summary>The text with each half of a surrogate pair that stands alone as U+FFFD.</summary>
    public static string Of(string text)
    {
        if (text is null)
        {
            throw new System.ArgumentNullException(nameof(text));
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text));
                }

                i++;
            }
        }

        return text;
    }
}
