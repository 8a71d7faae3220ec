import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * veraPDF's verdict on many files in one run: arguments are a profile (2a, 2u, ua1) and a path, in turn. For each pair
 * one line is printed: PASS or FAIL, then the broken rules as clause-test, each once.
 */
public class Verapdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int at = 0; at < arguments.length; at += 2) {
            PDFAFlavour profile = PDFAFlavour.byFlavourId(arguments[at]);
            try (InputStream file = new FileInputStream(arguments[at + 1]);
                    PDFAParser parser = Foundries.defaultInstance().createParser(file, profile);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
                ValidationResult verdict = validator.validate(parser);
                TreeSet<String> broken = new TreeSet<>();
                for (RuleId rule : verdict.getFailedChecks().keySet()) {
                    broken.add(rule.getClause() + "-" + rule.getTestNumber());
                }
                System.out.println((verdict.isCompliant() ? "PASS " : "FAIL ") + String.join(" ", broken));
            }
        }
    }
}
