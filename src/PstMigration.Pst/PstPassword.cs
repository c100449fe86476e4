using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// Passwords of data files ([MS-PST] 2.4.3.3, 0x67FF). A file keeps a checksum of the password's bytes in the ANSI code page; Outlook asks for
/// the password, and anybody else reads the file without. It keeps honest people out, no more.
/// </summary>
public static class PstPassword
{
    /// <summary>The most characters Outlook's own box takes.</summary>
    public const int MaxLength = 15;

    /// <summary>The checksum a file keeps; 0 for no password.</summary>
    /// <param name="password">The password; null or empty for none.</param>
    /// <param name="codePage">The ANSI code page of the Windows it will be typed in.</param>
    /// <exception cref="PstException">PstPasswordUnusable: too long, or a character the code page does not have.</exception>
    public static int Checksum(SecureString? password, int codePage)
    {
        if (password is null || password.Length == 0)
        {
            return 0;
        }

        if (password.Length > MaxLength)
        {
            throw PstWriteError.PasswordUnusable(MaxLength, codePage);
        }

        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(password);
        char[] characters = new char[password.Length];
        byte[] bytes = [];
        try
        {
            Marshal.Copy(memory, characters, 0, characters.Length);
            bytes = Encode(characters, codePage);
            return unchecked((int)MapiCrc.Compute(bytes));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
            Array.Clear(characters, 0, characters.Length);
            Array.Clear(bytes, 0, bytes.Length);
        }
    }

    /// <summary>The ANSI code page of a language's Windows; 1252 for a language that has none.</summary>
    public static int CodePageOf(CultureInfo language) => language.TextInfo.ANSICodePage is > 0 and int page ? page : CodePages.Western;

    private static byte[] Encode(char[] characters, int codePage)
    {
        Encoding encoding = (Encoding)CodePages.Get(codePage).Clone();
        encoding.EncoderFallback = EncoderFallback.ExceptionFallback;
        try
        {
            return encoding.GetBytes(characters);
        }
        catch (EncoderFallbackException)
        {
            throw PstWriteError.PasswordUnusable(MaxLength, codePage);
        }
    }
}
