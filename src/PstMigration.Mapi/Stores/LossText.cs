using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Losses as one line of text, to be stored with a copy: <c>Kind</c> or <c>Kind:detail</c>, with semicolons between. In a detail <c>;</c>, <c>%</c> and control
/// characters are written <c>%XXXX</c>.
/// </summary>
public static class LossText
{
    /// <summary>UTF-16 units at most, so that it fits into a property and a header; what is beyond goes by its kind alone.</summary>
    public const int MaximumLength = 2000;

    /// <summary>Writes losses; empty for none.</summary>
    public static string Write(IReadOnlyList<ItemLoss> losses)
    {
        StringBuilder text = new();
        foreach (ItemLoss loss in losses ?? throw new ArgumentNullException(nameof(losses)))
        {
            string kind = loss.Kind.ToString();
            string detail = Escape(loss.Detail);
            bool fits = text.Length + kind.Length + detail.Length + 2 <= MaximumLength;
            text.Append(text.Length > 0 ? ";" : "").Append(kind).Append(fits && detail.Length > 0 ? ":" + detail : "");
        }

        return text.ToString();
    }

    /// <summary>Reads losses; kinds this version does not know are left out.</summary>
    public static IReadOnlyList<ItemLoss> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        List<ItemLoss> losses = [];
        foreach (string part in text!.Split(';'))
        {
            int colon = part.IndexOf(':');
            string kind = colon < 0 ? part : part.Substring(0, colon);
            if (kind.Length > 0 && char.IsLetter(kind[0]) && Enum.TryParse(kind, out LossKind known) && Enum.IsDefined(typeof(LossKind), known))
            {
                losses.Add(new ItemLoss(known, colon < 0 ? "" : Unescape(part.Substring(colon + 1))));
            }
        }

        return losses;
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            if (c is ';' or '%' || char.IsControl(c) || char.IsSurrogate(c))
            {
                escaped.Append('%').Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 4 <= text.Length - 1 && ushort.TryParse(
                text.Substring(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append((char)code);
                i += 4;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}
